/** Figures in words, and what is typed as the scenario writes it: without a browser. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ago, count, duration, figure, list, money, moneyChange, percent, plural } from "../src/format";
import { toml, typed } from "../src/panels/settings";
import { Standing } from "../src/dialogs/standing";
import { measured, whyNone } from "../src/dialogs/task";
import { everybody, heads, sizeIn } from "../src/size";
import { Sums } from "../src/sums";
import type { Desk, Move, Setting, Totals } from "../src/types";
import { baselineWords, ownNames } from "../src/views/compare";
import { goalRows, verdict } from "../src/views/goals";
import { proposalWords, titleOf, whatMoves } from "../src/views/review";
import { inWords } from "../src/words";

const totals = (envelope: number, participants = 4000): Totals => ({ volume: 4000, participants, contract_value_gbp: envelope });
const setting = (kind: Setting["kind"], key = "viability.floor_gbp"): Setting => ({ key, label: "", kind, value: null, default: null, group: "" });

describe("words and figures", () => {
  test("money is short, with a real minus and a sign where it changes", () => {
    assert.deepEqual([0, 940, 939_600, 999_600, 31_240_000, -2_400_000].map(money), ["£0", "£940", "£940k", "£1.0m", "£31.2m", "−£2.4m"]);
    assert.deepEqual([3_100_000, -3_100_000, 0].map(moneyChange), ["+£3.1m", "−£3.1m", "£0"]);
  });

  test("counts, lists and times read as people write them", () => {
    assert.equal(count(349_825), "349,825");
    assert.deepEqual([plural(1, "area"), plural(2, "area"), plural(1, "person", "people")], ["1 area", "2 areas", "1 person"]);
    assert.deepEqual([list([]), list(["A"]), list(["A", "B"]), list(["A", "B", "C", "D"])], ["none", "A", "A and B", "A, B and 2 more"]);
    assert.deepEqual([ago(5), ago(65), ago(7200), ago(200_000)], ["just now", "1 minute ago", "2 hours ago", "2 days ago"]);
    assert.deepEqual([duration(4.4), duration(80)], ["4 s", "1 min 20 s"]);
    assert.deepEqual([figure(24), figure(22_590_889), figure(0.0333), percent(0.0333, 2)], ["24", "22.59 million", "0.0333", "3.33%"]);
  });

  test("what is typed becomes what the scenario file writes", () => {
    assert.deepEqual(["£20m", "20,000,000", "2e7", "1.5bn"].map((text) => typed(setting("money"), text)), ["20000000", "20000000", "2e7", "1500000000"]);
    assert.deepEqual(["25%", "0.25"].map((text) => typed(setting("percent"), text)), ["0.25", "0.25"]);
    assert.equal(toml(setting("choice"), "6..12"), '"6..12"');
    assert.equal(toml(setting("choice"), "12"), "12");
    assert.equal(toml(setting("bool"), "true"), "true");
    assert.equal(toml(setting("list"), "deal,county"), '["deal", "county"]');
    assert.equal(toml(setting("list", "goal"), "travel,border"), '[{ minimise = "travel" }, { minimise = "border" }]');
    assert.equal(toml(setting("money"), 'as "much"'), '"as \\"much\\""');
  });

  test("a proposal that only places areas is no denial of itself", () => {
    const move = (area: number, from: string | null): Move => ({ area, from, to: "1", volume: 1500, contract_value_gbp: 2e6 });
    const [pounds, people] = [sizeIn(totals(5e6)), sizeIn(totals(0))];
    const placing = { moves: [move(0, null), move(1, null)] };
    assert.equal(titleOf("finish", placing), "Finish the rest: a proposal");
    assert.equal(whatMoves(placing, pounds), "2 areas that are in no lot are placed (3,000 people, £4.0m). Nothing has changed yet.");
    assert.equal(whatMoves(placing, people), "2 areas that are in no lot are placed (3,000 people). Nothing has changed yet.");
    assert.equal(whatMoves({ moves: [move(0, null), move(1, "2")] }, pounds), "1 area that is in no lot is placed (1,500 people, £2.0m), 1 area moves from its lot (1,500 people, £2.0m). Nothing has changed yet.");
    assert.equal(titleOf("solve", { moves: [] }), "Solve from here: nothing better found");
    assert.equal(whatMoves({ moves: [] }, pounds), "Your plan stays as it is.");
  });

  test("sizes are people where no money is let, and participants are told where not everybody is one", () => {
    const lot = { volume: 1500, contract_value_gbp: 2e6 };
    const said = (envelope: number): string[] => {
      const size = sizeIn(totals(envelope));
      return [size.words(size.of(lot)), size.figure(size.of(lot)), size.change(-size.of(lot)), size.range(size.of(lot), 2 * size.of(lot))];
    };
    assert.deepEqual(said(5e6), ["£2.0m", "£2.0m", "−£2.0m", " worth £2.0m to £4.0m"]);
    assert.deepEqual(said(0), ["1,500 people", "1,500", "−1,500", " with 1,500 to 3,000 people"]);
    assert.deepEqual([everybody(totals(0)), everybody(totals(0, 10))], [true, false]);
    assert.deepEqual([heads(totals(0), 7), heads(totals(0, 10), 7)], ["7 people", "7 participants"]);
  });

  test("baselines of one name are told apart by where they are from", () => {
    const all = [["cpa", "CPA", 6], ["lep", "LEP", 38], ["county", "County", 50], ["lep-2", "LEP", 37]].map(([key, name, lots]) => ({ key, name, lots, areas_placed: 305 }) as Parameters<typeof baselineWords>[0]);
    assert.deepEqual(all.map((one) => baselineWords(one, all)), ["CPA (6 lots)", "LEP (38 lots, plan file)", "County (50 lots)", "LEP (37 lots, grouping of areas)"]);
  });

  test("the number of lots of a baseline is told once, and its lots by the names it gives them", () => {
    const part = { key: "restart-2021-cpa", name: "CPA of restart-2021 (9 of its 12 lots lie here)", lots: 9, areas_placed: 305 };
    assert.equal(baselineWords(part, [part]), "CPA of restart-2021 (9 of its 12 lots lie here)");
    const groups = [{ name: "2a North East", seats: [0, 1] }, { name: "3a North West", seats: [2] }];
    const plan = { desk: { brushes: [{ key: "baseline:cpa", name: "CPA", groups }] } } as unknown as Parameters<typeof ownNames>[0];
    const other = { key: "cpa", name: "CPA", lots: [{}, {}, {}], lot_of_seat: [1, 1, 0, 2, null] } as unknown as Parameters<typeof ownNames>[1];
    assert.deepEqual(ownNames(plan, other), ["3a North West", "2a North East", null]);
  });

  test("figures of the optimiser have their unit", () => {
    assert.deepEqual([measured(16_680_000, "person-km"), measured(24, "lots"), measured(1, "lots"), measured(null, "km")], ["16.68 million person-km", "24 lots", "1 lot", "none yet"]);
  });

  test("what was set is told with the names of the panel", () => {
    const named = (kind: Setting["kind"], key: string, label: string): Setting => ({ ...setting(kind, key), label });
    const settings = [named("choice", "viability.floor", "Floor from the funding model"), named("money", "viability.floor_gbp", "Floor, £"), named("number", "viability.floor_participants", "Floor, participants"), named("choice", "lots.count", "Number of lots"), named("list", "goal", "Goals, the first first"), named("percent", "viability.survive", "Fall in volume that every lot survives")];
    const said = (words: string): string => inWords(settings, words);
    assert.equal(said("Undo: Set viability.floor_gbp=20000000"), "Undo: Set floor to £20.0m");
    assert.equal(said("Set viability.survive=0.25 and lots.count=\"6..12\""), "Set fall in volume that every lot survives to 25% and number of lots to 6..12");
    assert.equal(said("Set goal=[{ minimise = \"travel\" }, { minimise = \"deal_splits\" }] and left viability.floor, viability.floor_participants to the scenario"), "Set goals to travel, deal splits and left floor from the funding model, floor in participants to the scenario");
    assert.equal(said("left viability.floor_gbp to the scenario"), "left floor to the scenario");
    assert.equal(said("Moved Set goal=1 from A to B"), "Moved Set goal=1 from A to B");
  });

  test("sums are exact in thousandths and pence, pieces follow neighbours", () => {
    // a-b c, where c lies apart: 0 and 1 are neighbours, 2 has none.
    const desk = {
      seats: [0, 1, 2].map((index) => ({ area: index, unit: index, share: 1, volume: [0.1, 0.2, 0.7][index] })),
      units: [0, 1, 2].map((index) => ({ id: "", name: "", seats: [index] })),
      neighbours: [[1], [0], []],
      state: { totals: { volume: 1, contract_value_gbp: 100.01, participants: 10 } },
    } as unknown as Desk;
    const sums = new Sums(desk);
    assert.deepEqual(sums.of([0, 0, 0], 0), { milli: 1000, areas: 3, pieces: 2 });
    assert.deepEqual(sums.of([0, 0, 1], 0), { milli: 300, areas: 2, pieces: 1 });
    assert.equal(sums.of([0, 0, 1], 0).milli, Math.round((0.1 + 0.2) * 1000));
    assert.deepEqual([300, 700, 1000].map((milli) => sums.pence(milli)), [3000, 7001, 10001]);
    assert.equal(sums.participants(700), 7);
  });

  test("a unit in two lots is left to the program", () => {
    const desk = {
      seats: [0, 1].map((index) => ({ area: index, unit: 0, share: 1, volume: 1 })),
      units: [{ id: "", name: "", seats: [0, 1] }],
      neighbours: [[]],
      state: { totals: { volume: 2, contract_value_gbp: 1, participants: 1 } },
    } as unknown as Desk;
    assert.equal(new Sums(desk).of([0, 1], 0).pieces, null);
  });

  test("a proposal that is worse says so, by the order of the goals", () => {
    const goals = (lots: number, splits: number, travel: number) => [
      { name: "lots", value: lots, unit: "lots" },
      { name: "deal_splits", value: splits, unit: "people" },
      { name: "travel", value: travel, unit: "person-km" },
    ];
    const whole = { areas: 0, problems: 0 };
    assert.deepEqual(goalRows(goals(21, 0, 2_000_000)), [["Deal splits", "0 people"], ["Travel", "2.00 million person-km"]]);
    assert.equal(verdict(goals(21, 5, 900), goals(21, 5, 800), true, whole), null);
    assert.equal(verdict(goals(21, 5, 900), goals(21, 5, 950), true, whole), "The proposal is worse than your plan by the order of the goals: it is worse in travel (950 person-km, yours 900 person-km).");
    assert.equal(verdict(goals(21, 5, 900), goals(21, 4, 950), true, whole), "The proposal is better by the order of the goals, but worse than your plan in travel (950 person-km, yours 900 person-km).");
    assert.match(verdict(goals(21, 5, 900), goals(20, 5, 900), true, whole) ?? "", /by the order of the goals: it is worse in lots \(20 lots, yours 21 lots\)/);
    assert.equal(verdict(goals(21, 5, 900), goals(20, 5, 900), false, whole), null, "a number that is set is no goal");
    assert.match(verdict(goals(21, 5, 900), goals(21, 6, 900), true, { areas: 0, problems: 1 }) ?? "", /worse than your plan in deal splits .* but your plan breaks a rule\.$/);
    assert.match(verdict(goals(0, 0, 0), goals(21, 0, 900), true, { areas: 279, problems: 0 }) ?? "", /^Your plan leaves 279 areas in no lot/);
    assert.equal(proposalWords(12), "Proposal: 12 moves");
  });

  test("the best of a task never gets worse, and a bound that says nothing is not told", () => {
    const standing = new Standing(["lots", "deal_splits", "travel"], true);
    const hear = (measure: string, best: number, lots: number, bound = 0): void => standing.hear({ phase: "search", measure, unit: measure === "travel" ? "person-km" : "people", best, bound, lots });
    const shown = (): unknown[] => [standing.shown.lots, standing.shown.goals.map((goal) => goal.value), standing.shown.bound, standing.shown.gap];
    assert.deepEqual(shown(), [null, [], null, null]);
    hear("deal_splits", 41_700, 21);
    assert.deepEqual(shown(), [21, [41_700], null, null]);
    hear("lots", 20, 20, 21);
    hear("deal_splits", 100, 20);
    assert.deepEqual(shown(), [21, [41_700], null, null], "fewer lots are worse");
    hear("deal_splits", 16_500, 21);
    hear("travel", 10_000, 21);
    hear("travel", 12_600, 21);
    assert.deepEqual(shown(), [21, [16_500], null, null], "a goal told once may be that of another search");
    for (const travel of [12_300, 12_100, 12_000, 12_000]) hear("travel", travel, 21);
    assert.deepEqual(shown(), [21, [16_500, 12_000], null, null]);
    hear("deal_splits", 34_200, 21);
    for (let word = 0; word < 5; word++) hear("travel", 9_000, 21);
    assert.deepEqual(shown(), [21, [16_500, 12_000], null, null], "less travel does not outweigh more splits");
    standing.hear({ phase: "prove", measure: "travel", unit: "person-km", best: 12_000, bound: 9_000, lots: 21 });
    assert.deepEqual(shown(), [21, [16_500, 12_000], 9_000, 0.25]);
    hear("lots", 22, 22, 22);
    assert.deepEqual(shown(), [22, [], 22, 0]);
  });

  test("a task without a plan says whether there is none or none was found in time", () => {
    const findings = [{ code: "V204", severity: "note", message: "a note" }, { code: "R107", severity: "error", message: "99 lots are asked for" }];
    const none = whyNone({ status: "infeasible", answer: { findings } });
    assert.deepEqual([none.title, none.findings.map((one) => one.code)], ["No plan exists", ["R107"]]);
    assert.match(none.lead ?? "", /proved/);
    assert.match(whyNone({ status: "no_plan", answer: { findings: [] } }).findings[0]?.help ?? "", /Give it longer/);
  });
});
