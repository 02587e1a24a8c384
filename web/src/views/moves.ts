/** A table of moves, and the figures of plans side by side. */
import { tell } from "../bus";
import { h, type Child } from "../dom";
import { count, plural } from "../format";
import type { Plan } from "../plan";
import type { Size } from "../size";
import type { Lot, Move } from "../types";

/** One row a move; with `picked`, each has a box to choose it. */
export function movesTable(plan: Plan, moves: readonly Move[], words: [string, string], picked?: Set<number>): HTMLElement {
  if (moves.length === 0) return h("p", { class: "empty" }, "No area moves.");
  const { size } = plan;
  const head = [picked ? "Adopt" : "", "Area", words[0], words[1], "People", size.money ? "Worth" : ""].filter(Boolean);
  const row = (move: Move, index: number): HTMLElement => {
    const name = plan.desk.areas[move.area]?.name ?? "";
    const box = picked ? h("input", { type: "checkbox", checked: picked.has(index), "aria-label": `Adopt ${name}`, onchange: (event: Event) => choose(picked, index, event) }) : null;
    const cells: Child[] = [picked ? h("td", { class: "pick" }, box) : null, h("th", { scope: "row" }, name), h("td", {}, move.from ?? "none"), h("td", {}, move.to ?? "none"), h("td", { class: "number" }, count(move.volume)), size.money ? h("td", { class: "number" }, size.figure(size.of(move))) : null];
    return h("tr", { onpointerenter: () => tell("hover", { area: move.area }) }, ...cells);
  };
  const header = h("tr", {}, ...head.map((word) => h("th", { scope: "col", class: word === "People" || word === "Worth" ? "number" : "" }, word)));
  const title = h("caption", {}, `${plural(moves.length, "move")}, by area`);
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of moves" }, h("table", { class: "table moves" }, title, h("thead", {}, header), h("tbody", {}, ...moves.map(row))));
}

function choose(picked: Set<number>, index: number, event: Event): void {
  if ((event.target as HTMLInputElement).checked) picked.add(index);
  else picked.delete(index);
}

/** Figures of a plan that one compares at a glance. */
export function metrics(size: Size, lots: readonly Lot[], openAreas: number): [string, string][] {
  const full = lots.filter((lot) => lot.areas > 0);
  const values = full.map(size.of).sort((a, b) => a - b);
  const cuts = new Set(full.flatMap((lot) => lot.cuts));
  const short = full.filter((lot) => lot.status === "below_floor").length;
  return [
    ["Lots", count(full.length)],
    ["Smallest lot", values.length > 0 ? size.words(values[0] ?? 0) : "none"],
    ["Median lot", values.length > 0 ? size.words(median(values)) : "none"],
    ["Largest lot", values.length > 0 ? size.words(values[values.length - 1] ?? 0) : "none"],
    ["Lots below the floor", count(short)],
    ["Lots in several pieces", count(full.filter((lot) => lot.pieces > 1).length)],
    ["Deals cut", cuts.size === 0 ? "none" : `${cuts.size}: ${[...cuts].sort().join(", ")}`],
    ["Areas in no lot", count(openAreas)],
  ];
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export function metricsTable(columns: readonly { title: string; rows: readonly [string, string][] }[]): HTMLElement {
  const head = h("tr", {}, h("td"), ...columns.map((column) => h("th", { scope: "col" }, column.title)));
  const names = columns[0]?.rows.map(([name]) => name) ?? [];
  const body = names.map((name, index) => h("tr", {}, h("th", { scope: "row" }, name), ...columns.map((column) => h("td", {}, column.rows[index]?.[1] ?? ""))));
  return h("div", { class: "scroll whole", tabindex: 0, role: "region", "aria-label": "Figures side by side" }, h("table", { class: "table metrics" }, h("thead", {}, head), h("tbody", {}, ...body)));
}
