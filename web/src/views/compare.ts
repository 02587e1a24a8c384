/** The plan beside a baseline: both maps with linked hover, a third with the moved areas, figures and moves. */
import { get, post, Refused } from "../api";
import { on, onWhile, say, tell } from "../bus";
import { h, replace } from "../dom";
import { plural } from "../format";
import { NONE, type Plan } from "../plan";
import { Still, movedAreas, still, type StillPlan } from "../map/still";
import type { Baseline, Group, Lot, Move, OtherPlan } from "../types";
import { goalRows, type GoalFigure } from "./goals";
import { metrics, metricsTable, movesTable } from "./moves";

interface Compared {
  /** The files compared, that of the desk first. */
  files: string[];
  plans: { goals: GoalFigure[] }[];
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
    const title = (known?.name ?? other.name).replace(PART, "");
    const own = ownNames(this.plan, other);
    const named: StillPlan = { lotOfSeat: theirs.lotOfSeat, lots: theirs.lots.map((lot, index) => ({ ...lot, lot_id: titled(title, own[index] ?? lot.lot_id) })) };
    maps[1]?.figure.append(...keyOfNames(theirs.lots, own));
    this.follow(hovered, mine, named);
    const columns = [
      { title: "Your plan", rows: [...metrics(this.plan.size, mine.lots, open(mine)), ...goalRows(answer.plans[0]?.goals ?? [])] },
      { title: name, rows: [...metrics(this.plan.size, theirs.lots, open(theirs)), ...goalRows(answer.plans[1]?.goals ?? [])] },
    ];
    replace(this.body, h("div", { class: "stills" }, ...maps.map((map) => map.figure)), hovered,
      h("div", { class: "columns" }, h("div", {}, h("h3", {}, "Side by side"), metricsTable(columns)), h("div", {}, h("h3", {}, "Moves"), movesTable(this.plan, moves(this.plan, theirs, mine, named.lots), ["Baseline", "Your plan"]))));
  }

  private follow(line: HTMLElement, mine: StillPlan, theirs: StillPlan): void {
    onWhile(line, "hover", ({ area }) => {
      if (area === null) return;
      const name = (plan: StillPlan): string => plan.lots[this.plan.lotOfArea(area, plan.lotOfSeat)]?.lot_id ?? "no lot";
      replace(line, h("strong", {}, this.plan.desk.areas[area]?.name ?? ""), `: ${name(mine)} in your plan, ${name(theirs)} in the baseline.`);
    });
  }
}

/** What the program adds to the name of a design some lots of which hold no area that takes part. */
const PART = / \(\d+ of its \d+ lots lie here\)$/;

/** A baseline in words: its name, its number of lots and, where two have one name, what it comes from. */
export function baselineWords(one: Baseline, all: readonly Baseline[]): string {
  const namesakes = all.filter((other) => other.name === one.name);
  // Files stand before groupings, and a grouping whose key a file has taken gets a number behind it.
  const taken = namesakes.some((other) => one.key.startsWith(`${other.key}-`) && /^\d+$/.test(one.key.slice(other.key.length + 1)));
  const from = namesakes.length < 2 ? "" : taken ? ", grouping of areas" : ", plan file";
  // A name that tells how many of its lots lie here has told their number.
  if (PART.test(one.name)) return from ? `${one.name} (${from.slice(2)})` : one.name;
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

/** The names that a baseline itself gives its lots, which are labelled as those of the plan that they match; null where they are not known. */
export function ownNames(plan: Pick<Plan, "desk">, other: OtherPlan): (string | null)[] {
  const groups = plan.desk.brushes.find((brush) => brush.key === `baseline:${other.key}`)?.groups ?? plan.desk.brushes.find((brush) => brush.key === other.key)?.groups ?? [];
  return other.lots.map((_, lot) => {
    const seats = other.lot_of_seat.flatMap((one, seat) => (one === lot ? [seat] : []));
    const common = (group: Group): number => group.seats.filter((seat) => other.lot_of_seat[seat] === lot).length;
    const best = groups.find((group) => 2 * common(group) > seats.length && 2 * common(group) > group.seats.length);
    return best?.name ?? null;
  });
}

/** A name that is a number or a code says whose it is. */
function titled(title: string, name: string): string {
  return name.startsWith(title) ? name : `${title} ${name}`;
}

/** Which lots the labels of a map mean, where they are not the names that the baseline gives. */
function keyOfNames(lots: readonly Lot[], own: readonly (string | null)[]): HTMLElement[] {
  const pairs = lots.flatMap((lot, index) => {
    const name = own[index];
    return lot.areas > 0 && name && name !== lot.lot_id ? [`${lot.lot_id} is ${name}`] : [];
  });
  return pairs.length === 0 ? [] : [h("p", { class: "hint name-key" }, `Named as the lots of your plan that they match: ${pairs.join("; ")}.`)];
}

/** Moves from one plan to another, by seats, in the order of areas; `told` are the lots of the first by the names to tell. */
function moves(plan: Plan, before: StillPlan, after: StillPlan, told: readonly Lot[]): Move[] {
  return plan.desk.seats.flatMap((seat, index) => {
    const from = before.lots[before.lotOfSeat[index] ?? NONE]?.lot_id ?? null;
    const to = after.lots[after.lotOfSeat[index] ?? NONE]?.lot_id ?? null;
    const name = told[before.lotOfSeat[index] ?? NONE]?.lot_id ?? null;
    return from === to ? [] : [{ area: seat.area, from: name, to, volume: seat.volume, contract_value_gbp: plan.sums.pence(Math.round(seat.volume * 1000)) / 100 }];
  });
}
