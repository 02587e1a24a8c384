/** The list of lots: choose the one to paint with; its figures, its bar with the floor, and its state in a word. */
import { on, say, tell } from "../bus";
import { h, patch, replace, s, setAttribute, setText } from "../dom";
import { list, plural } from "../format";
import type { Plan } from "../plan";
import { everybody, heads } from "../size";
import type { Lot } from "../types";
import type { MapView } from "../map/map";

interface Row {
  item: HTMLLIElement;
  button: HTMLButtonElement;
  swatch: HTMLElement;
  name: HTMLElement;
  value: HTMLElement;
  facts: HTMLElement;
  tag: HTMLElement;
  bar: SVGRectElement;
  tick: SVGLineElement;
  lock: HTMLButtonElement;
}

export class LotList {
  private readonly rows: Row[] = [];
  private readonly holder = h("ol", { class: "lots" });
  private readonly open = h("button", { type: "button", class: "lot open", "aria-pressed": "false", onclick: () => this.plan.choose(null) });
  private readonly hint = h("p", { class: "hint" });
  private request = 0;

  constructor(
    private readonly plan: Plan,
    section: HTMLElement,
    private readonly map: MapView,
  ) {
    const add = h("button", { type: "button", class: "button quiet small", onclick: () => void this.add() }, "New lot");
    const title = h("h2", { id: "lots-title" }, "Lots");
    replace(section, h("div", { class: "head" }, title, add), this.hint, this.holder, this.open);
    on("plan", () => this.later());
    on("task", () => this.later());
    on("active", () => this.later());
    this.draw();
  }

  /** Rows are written once a frame, however many strokes fall into it. */
  private later(): void {
    if (!this.request) this.request = requestAnimationFrame(() => ((this.request = 0), this.draw()));
  }

  private async add(): Promise<void> {
    if (!(await this.plan.ask("/api/lots", { new: true }))) return;
    this.plan.choose(this.plan.lots.length - 1);
    say(`Lot ${this.plan.lots.at(-1)?.lot_id ?? ""} made: paint its first area`);
  }

  private draw(): void {
    const lots = this.plan.shownLots();
    while (this.rows.length > lots.length) this.rows.pop()?.item.remove();
    const most = Math.max(1, ...lots.map(this.plan.size.of));
    lots.forEach((lot, index) => this.write(this.rows[index] ?? this.row(index), lot, index, most));
    setText(this.hint, lots.length > 0
      ? "Choose a lot, then paint with it."
      : "There is no lot yet. Make one and paint it, let Optimise design them all, or start from a baseline in Compare.");
    this.writeOpen();
  }

  private row(index: number): Row {
    const swatch = h("span", { class: "swatch" });
    const name = h("span", { class: "lot-name" });
    const value = h("span", { class: "lot-value" });
    const facts = h("span", { class: "lot-facts" });
    const tag = h("strong", { class: "tag" });
    const bar = s("rect", { class: "bar", x: 0, y: 2, height: 6 });
    const tick = s("line", { class: "tick", y1: 0, y2: 10 });
    const chart = s("svg", { class: "chart", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, s("rect", { class: "rail", x: 0, y: 2, width: 100, height: 6 }), bar, tick);
    const button = h("button", { type: "button", class: "lot", onclick: () => this.plan.choose(index) }, swatch, name, value, chart, h("span", { class: "lot-state" }, facts, tag));
    const lock = h("button", { type: "button", class: "icon", onclick: () => void lockLot(this.plan, index) });
    const zoom = h("button", { type: "button", class: "icon", onclick: () => showLot(this.map, index) }, glyph("zoom"));
    zoom.setAttribute("aria-label", "Zoom to lot");
    button.addEventListener("dblclick", () => showLot(this.map, index));
    const item = h("li", {}, button, h("span", { class: "lot-tools" }, lock, zoom));
    const row = { item, button, swatch, name, value, facts, tag, bar, tick, lock };
    this.rows.push(row);
    this.holder.append(item);
    return row;
  }

  private write(row: Row, lot: Lot, index: number, most: number): void {
    const palette = this.plan.desk.palette.length;
    const { size, state } = this.plan;
    setAttribute(row.swatch, "class", `swatch c${lot.colour % palette}`);
    setText(row.swatch, lot.lot_id.length > 4 ? "" : lot.lot_id);
    setText(row.name, lot.lot_id.length > 4 ? lot.lot_id : lot.name || `Lot ${lot.lot_id}`);
    setAttribute(row.name, "title", `${lot.lot_id}: ${lot.name}`);
    // People go with the areas below, so that the name has the room of the pounds.
    setText(row.value, size.money ? size.words(size.of(lot)) : "");
    const pieces = lot.pieces > 1 && !lot.words.includes("piece") ? ` in ${lot.pieces}` : "";
    const people = size.money || everybody(state.totals) ? [] : [size.words(size.of(lot))];
    setText(row.facts, [...people, heads(state.totals, lot.participants), `${plural(lot.areas, "area")}${pieces}`].join(" · "));
    setText(row.tag, lot.words);
    setAttribute(row.tag, "title", lot.words);
    setAttribute(row.tag, "class", `tag ${tagClass(lot.status)}`);
    setAttribute(row.bar, "width", ((100 * size.of(lot)) / most).toFixed(1));
    setAttribute(row.bar, "class", `bar c${lot.colour % palette}`);
    const floor = this.plan.floorSize();
    const at = floor === null || floor <= 0 || floor > most ? "-5" : ((100 * floor) / most).toFixed(1);
    setAttribute(row.tick, "x1", at);
    setAttribute(row.tick, "x2", at);
    setAttribute(row.button, "aria-pressed", String(this.plan.active === index));
    setAttribute(row.item, "class", lot.locked ? "locked" : null);
    setAttribute(row.lock, "aria-label", `${lot.locked ? "Unlock" : "Lock"} lot ${lot.lot_id}`);
    setAttribute(row.lock, "aria-pressed", String(lot.locked));
    if (row.lock.dataset.state !== String(lot.locked)) {
      row.lock.dataset.state = String(lot.locked);
      replace(row.lock, glyph(lot.locked ? "locked" : "unlocked"));
    }
    setAttribute(row.item.querySelector(".icon:last-child") ?? row.item, "aria-label", `Zoom to lot ${lot.lot_id}`);
  }

  private writeOpen(): void {
    const { areas, volume } = this.unassigned();
    const facts = areas === 0 ? "every area is in a lot" : `${heads(this.plan.state.totals, this.plan.sums.participants(volume * 1000))} · ${plural(areas, "area")}`;
    patch(this.open, h("span", { class: "swatch none" }, "0"), h("span", { class: "lot-name" }, "In no lot"), h("span", { class: "lot-facts" }, facts));
    setAttribute(this.open, "aria-pressed", String(this.plan.active === null));
  }

  private unassigned(): { areas: number; volume: number } {
    const sum = this.plan.sums.of(this.plan.preview?.lotOfSeat ?? this.plan.lotOfSeat, -1);
    return { areas: sum.areas, volume: sum.milli / 1000 };
  }
}

/** Locks or unlocks a lot. */
export async function lockLot(plan: Plan, index: number): Promise<void> {
  const lot = plan.lots[index];
  if (!lot) return say("Choose a lot to lock");
  const locked = !lot.locked;
  if (await plan.ask("/api/locks", { lot: lot.lot_id, locked })) say(`Lot ${lot.lot_id} ${locked ? "locked" : "unlocked"}`);
}

export function showLot(map: MapView, index: number): void {
  const box = map.boxOfLot(index);
  if (box) tell("show", { box, areas: [] });
}

/** What a state means, beside its word: grave, to look at, or fine. */
export function tagClass(status: string): string {
  if (status === "ok") return "fine";
  if (status === "empty") return "plain";
  return status === "cuts_deal" ? "look" : "grave";
}

/** What cuts a lot makes, in words. */
export function cutsInWords(lot: Lot): string {
  return lot.cuts.length === 0 ? "cuts no deal" : `cuts ${list(lot.cuts, 4)}`;
}

const GLYPHS: Record<string, string> = {
  locked: "M5 9V6.500a5 5 0 0 1 10 0V9h1.500v9h-13V9ZM7.200 9h5.600V6.500a2.800 2.800 0 0 0-5.600 0Z",
  unlocked: "M3.500 9H12.800V6.500a2.800 2.800 0 0 0-5.400-1L5.400 4.600A5 5 0 0 1 15 6.500V9h1.500v9h-13ZM5.500 11v5h9v-5Z",
  zoom: "M8.500 2a6.500 6.500 0 0 1 5.200 10.400l4.500 4.500-1.600 1.600-4.500-4.500A6.500 6.500 0 1 1 8.500 2Zm0 2.200a4.300 4.300 0 1 0 0 8.600 4.300 4.300 0 0 0 0-8.600Z",
};

export function glyph(name: string): SVGSVGElement {
  return s("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true", class: "glyph" }, s("path", { d: GLYPHS[name] ?? "" }));
}
