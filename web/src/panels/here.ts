/** What lies under the pointer or the keyboard, and what moving it to the lot in hand would do to both lots. */
import { on } from "../bus";
import { h, patch, type Child } from "../dom";
import { count, money, plural } from "../format";
import { NONE, type Plan } from "../plan";
import { everybody, heads } from "../size";
import type { Lot } from "../types";
import { cutsInWords, tagClass } from "./lots";

/** The name of a grouping for people: LEP, CPA 2017, County. */
export function grouping(key: string): string {
  const words = key.replace(/[-_]/g, " ");
  return /^(lep|cpa)/.test(words) ? words.toUpperCase() : words.charAt(0).toUpperCase() + words.slice(1);
}

export class Here {
  private area: number | null = null;
  private request = 0;

  constructor(
    private readonly plan: Plan,
    private readonly holder: HTMLElement,
    private readonly rename: (lot: number) => void,
  ) {
    on("hover", ({ area }) => {
      // The last area stays to be read while the pointer is off the map.
      if (area !== null) this.area = area;
      this.later();
    });
    for (const kind of ["plan", "active", "brush", "task"] as const) on(kind, () => this.later());
    this.draw();
  }

  private later(): void {
    if (!this.request) this.request = requestAnimationFrame(() => ((this.request = 0), this.draw()));
  }

  private draw(): void {
    patch(this.holder, this.lotInHand(), this.area === null ? h("p", { class: "hint" }, "Point at an area to see what it is and what moving it would do.") : this.place(this.area));
  }

  private lotInHand(): HTMLElement {
    const index = this.plan.active;
    const lot = index === null ? undefined : this.plan.shownLots()[index];
    if (!lot || index === null) return h("div", { class: "card" }, h("h3", {}, "In hand: no lot"), h("p", {}, "Strokes take areas out of their lots."));
    const title = h("h3", {}, h("span", { class: `dot c${lot.colour % this.plan.desk.palette.length}` }), `In hand: lot ${lot.lot_id}`);
    const name = lot.name && lot.name !== lot.lot_id ? h("p", { class: "sub" }, lot.name) : null;
    const button = h("button", { type: "button", class: "link", onclick: () => this.plan.active !== null && this.rename(this.plan.active) }, "Rename");
    return h("div", { class: "card" }, title, name, facts(lotFacts(this.plan, lot)), h("p", {}, button));
  }

  private place(area: number): HTMLElement {
    const own = this.plan.desk.areas[area];
    if (!own) return h("div");
    const reach = this.plan.reach(area);
    const lot = this.plan.lotOfArea(area);
    const second = this.plan.secondLotOfArea(area);
    const whole = reach.seats.length > own.seats.length;
    const groups: [string, string][] = [["Code", own.code]];
    for (const [key, names] of Object.entries(own.groups)) if (names.length > 0) groups.push([grouping(key), names.join(" and ")]);
    const between = own.low === own.high ? "" : ` (${count(own.low)} to ${count(own.high)})`;
    const milli = Math.round(own.volume * 1000);
    const rows: [string, string][] = [
      ["Lot", `${this.lotName(lot)}${second === -2 ? "" : ` and ${this.lotName(second)}`}`],
      ["People", `${count(own.volume)}${between}`],
    ];
    if (!everybody(this.plan.state.totals)) rows.push(["Participants", count(this.plan.sums.participants(milli))]);
    if (this.plan.size.money) rows.push(["Worth", money(this.plan.sums.pence(milli) / 100)]);
    const brush = whole ? h("p", { class: "sub" }, `The brush takes ${reach.name}: ${plural(new Set(reach.seats.map((seat) => this.plan.desk.seats[seat]?.area)).size, "area")}.`) : null;
    return h("div", { class: "card" }, h("h3", {}, own.name), facts(rows), brush, this.move(reach.seats), h("h4", {}, "Where it belongs"), facts(groups));
  }

  private lotName(lot: number): string {
    return lot === NONE ? "none" : (this.plan.shownLots()[lot]?.lot_id ?? "none");
  }

  /** Both lots before and after. */
  private move(seats: number[]): Child {
    const to = this.plan.active;
    const movable = this.plan.movable(seats, to);
    if (this.plan.preview) return null;
    if (movable.length === 0) {
      const held = seats.some((seat) => this.plan.isLocked(seat));
      return h("p", { class: "sub" }, held ? "Locked: it stays where it is." : "It is in the lot in hand.");
    }
    const after = this.plan.lotOfSeat.slice();
    const touched = new Set<number>(movable.map((seat) => this.plan.lotOfSeat[seat] ?? NONE));
    for (const seat of movable) after[seat] = to ?? NONE;
    touched.add(to ?? NONE);
    const rows = [...touched].filter((lot) => lot !== NONE).map((lot) => this.changeRow(lot, after));
    const head = h("tr", {}, ...["Lot", `Now${this.plan.size.unit}`, "Then"].map((word) => h("th", { scope: "col" }, word)));
    return h("div", { class: "effect" }, h("h4", {}, `If moved to ${to === null ? "no lot" : `lot ${this.lotName(to)}`}`), h("table", { class: "table small" }, h("thead", {}, head), h("tbody", {}, ...rows)));
  }

  private changeRow(index: number, after: Int32Array): HTMLElement {
    const now = this.plan.lots[index];
    if (!now) return h("tr");
    const then = this.plan.withSum(now, index, after);
    const { size } = this.plan;
    const change = size.of(then) - size.of(now);
    return h("tr", {}, h("th", { scope: "row" }, now.lot_id), h("td", {}, size.figure(size.of(now))),
      h("td", {}, size.figure(size.of(then)), h("span", { class: "change" }, ` ${size.change(change)}`), h("strong", { class: `tag ${tagClass(then.status)}` }, then.words)));
  }
}

function lotFacts(plan: Plan, lot: Lot): [string, string][] {
  const { size, state } = plan;
  const rows: [string, string][] = [["State", lot.words]];
  if (size.money) rows.push(["Worth", money(lot.contract_value_gbp)]);
  if (lot.floor_margin_gbp !== null) rows.push(margin(lot.floor_margin_gbp, money));
  else if (typeof state.participants_floor === "number") rows.push(margin(lot.participants - state.participants_floor, (many) => heads(state.totals, many)));
  rows.push(["People", count(lot.volume)]);
  if (!everybody(state.totals)) rows.push(["Participants", count(lot.participants)]);
  rows.push(["Areas", `${lot.areas} in ${plural(lot.pieces, "piece")}`], ["Deals", cutsInWords(lot)]);
  return rows;
}

function margin(over: number, words: (size: number) => string): [string, string] {
  return [over < 0 ? "Short of floor" : "Over floor", words(Math.abs(over))];
}

/** Facts in two columns. */
export function facts(rows: readonly [string, string][]): HTMLElement {
  return h("dl", { class: "facts" }, ...rows.flatMap(([term, words]) => [h("dt", {}, term), h("dd", {}, words)]));
}
