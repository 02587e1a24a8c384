/** The plan beside a baseline: both maps with linked hover, a third with the moved areas, figures and moves. */
import { get, post, Refused } from "../api";
import { on, onWhile, say, tell } from "../bus";
import { h, replace } from "../dom";
import { count, plural } from "../format";
import { NONE, type Plan } from "../plan";
import { Still, movedAreas, still, type StillPlan } from "../map/still";
import type { Baseline, Move, OtherPlan } from "../types";
import { metrics, metricsTable, movesTable } from "./moves";

interface Compared {
  /** The files compared, that of the desk first. */
  files: string[];
  plans: { goals: { name: string; value: number | null; words?: string; unit?: string }[] }[];
}

export class CompareView {
  readonly view = h("section", { class: "view page compare-view", "aria-labelledby": "compare-title" });
  private readonly body = h("div", { class: "compare-body" });
  private readonly select: HTMLSelectElement;
  private open = false;
  private stale = true;
  private command: string | null = null;
  private drawn = 0;

  constructor(private readonly plan: Plan) {
    const options = plan.desk.baselines.map((one) => h("option", { value: one.key }, baselineWords(one, plan.desk.baselines)));
    this.select = h("select", { id: "baseline", class: "select", onchange: () => void this.draw() }, ...options);
    const adopt = h("button", { type: "button", class: "button quiet small", onclick: () => void this.start() }, "Start from this baseline");
    const title = h("h2", { id: "compare-title" }, "Compare with a baseline");
    if (options.length === 0) replace(this.view, title, h("p", { class: "empty" }, "This scenario has no baseline."));
    else replace(this.view, title, h("div", { class: "page-bar" }, h("span", { class: "field" }, h("label", { for: "baseline" }, "Baseline"), this.select), adopt), this.body);
    on("view", ({ name }) => {
      this.open = name === "compare";
      if (!this.open) return tell("command", { words: null });
      if (this.stale) void this.draw();
      else tell("command", { words: this.command });
    });
    on("plan", () => {
      this.stale = true;
      if (this.open) void this.draw();
    });
  }

  private async start(): Promise<void> {
    if (await this.plan.ask("/api/plan", { baseline: this.select.value })) say("The baseline is on the desk; undo brings your plan back");
  }

  private async draw(): Promise<void> {
    const key = this.select.value;
    if (!key) return;
    const ticket = ++this.drawn;
    this.stale = false;
    try {
      const [other, answer] = await Promise.all([
        get<OtherPlan>(`/api/baseline?key=${encodeURIComponent(key)}`),
        post<Compared>("/api/run", { command: "compare", args: { baselines: [key] } }),
      ]);
      if (ticket === this.drawn) this.show(other, answer);
    } catch (fault) {
      const words = fault instanceof Refused ? fault.message : "The program does not answer.";
      replace(this.body, h("p", { class: "notice grave" }, words));
    }
  }

  private show(other: OtherPlan, answer: Compared): void {
    this.command = commandOf(this.plan.state.command, answer.files[1] ?? "");
    if (this.open) tell("command", { words: this.command });
    const mine: StillPlan = { lotOfSeat: this.plan.lotOfSeat, lots: this.plan.lots };
    const theirs = still(other.lots, other.lot_of_seat);
    const known = this.plan.desk.baselines.find((one) => one.key === other.key);
    const name = known ? baselineWords(known, this.plan.desk.baselines) : other.name;
    const moved = movedAreas(this.plan, theirs, mine);
    const maps = [new Still(this.plan, "Your plan"), new Still(this.plan, name), new Still(this.plan, `What differs: ${plural(moved.length, "area")}, in the lots of your plan`, true)];
    maps[0]?.show(mine, [], "");
    maps[1]?.show(theirs, [], `&baseline=${encodeURIComponent(other.key)}`);
    maps[2]?.show(mine, moved);
    const hovered = h("p", { class: "hovered", "aria-live": "off" }, "Point at an area to see it in all three maps.");
    this.follow(hovered, mine, theirs);
    const columns = [
      { title: "Your plan", rows: [...metrics(this.plan.size, mine.lots, open(mine)), ...goals(answer, 0)] },
      { title: name, rows: [...metrics(this.plan.size, theirs.lots, open(theirs)), ...goals(answer, 1)] },
    ];
    replace(this.body, h("div", { class: "stills" }, ...maps.map((map) => map.figure)), hovered,
      h("div", { class: "columns" }, h("div", {}, h("h3", {}, "Side by side"), metricsTable(columns)), h("div", {}, h("h3", {}, "Moves"), movesTable(this.plan, moves(this.plan, theirs, mine), ["Baseline", "Your plan"]))));
  }

  private follow(line: HTMLElement, mine: StillPlan, theirs: StillPlan): void {
    onWhile(line, "hover", ({ area }) => {
      if (area === null) return;
      const name = (plan: StillPlan): string => plan.lots[this.plan.lotOfArea(area, plan.lotOfSeat)]?.lot_id ?? "no lot";
      replace(line, h("strong", {}, this.plan.desk.areas[area]?.name ?? ""), `: ${name(mine)} in your plan, ${name(theirs)} in the baseline.`);
    });
  }
}

/** A baseline in words: its name, its number of lots and, where two have one name, what it comes from. */
export function baselineWords(one: Baseline, all: readonly Baseline[]): string {
  const namesakes = all.filter((other) => other.name === one.name);
  // Files stand before groupings, and a grouping whose key a file has taken gets a number behind it.
  const taken = namesakes.some((other) => one.key.startsWith(`${other.key}-`) && /^\d+$/.test(one.key.slice(other.key.length + 1)));
  const from = namesakes.length < 2 ? "" : taken ? ", grouping of areas" : ", plan file";
  return `${one.name} (${plural(one.lots, "lot")}${from})`;
}

/** The command of the plan turned into one that compares it with a file. */
function commandOf(evaluate: string, file: string): string {
  const word = /^[\w\-./=:,@%+]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
  return `${evaluate.replace("lotwright evaluate", "lotwright compare")} --plan ${word}`;
}

function open(plan: StillPlan): number {
  return Array.from(plan.lotOfSeat).filter((lot) => lot === NONE).length;
}

function goals(answer: Compared, index: number): [string, string][] {
  return (answer.plans[index]?.goals ?? [])
    .filter((goal) => goal.name !== "lots")
    .map((goal) => [words(goal.name), goal.words ?? (goal.value === null ? "none" : `${count(goal.value)} ${goal.unit ?? ""}`.trim())]);
}

function words(name: string): string {
  const text = name.replaceAll("_", " ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Moves from one plan to another, by seats, in the order of areas. */
function moves(plan: Plan, before: StillPlan, after: StillPlan): Move[] {
  return plan.desk.seats.flatMap((seat, index) => {
    const from = before.lots[before.lotOfSeat[index] ?? NONE]?.lot_id ?? null;
    const to = after.lots[after.lotOfSeat[index] ?? NONE]?.lot_id ?? null;
    return from === to ? [] : [{ area: seat.area, from, to, volume: seat.volume, contract_value_gbp: plan.sums.pence(Math.round(seat.volume * 1000)) / 100 }];
  });
}
