/** A Sheet draws one plan: a path an area, and the common borders, of which those between two lots are made to stand out. */
import { s, setAttribute } from "../dom";
import { NONE } from "../plan";
import type { Box, Desk } from "../types";

/** What a sheet has to know of a plan to draw it. */
export interface Shown {
  lotOfArea(area: number): number;
  /** The lot that holds the rest of a shared area, -2 where there is none. */
  secondLotOfArea(area: number): number;
  colourOfLot(lot: number): string;
  /** The colour of an area where it is not that of its lot. */
  colourOfArea?(area: number, lot: number): string | null;
}

export class Sheet {
  readonly areas = s("g", { class: "areas", role: "none" });
  readonly borders = s("g", { class: "borders", "aria-hidden": "true" });
  readonly paths = new Map<number, SVGPathElement>();
  /** Borders between lots, by arc: those alone are in the document, for what is in it is walked whenever a frame is painted. */
  private readonly drawn = new Map<number, SVGPathElement>();
  private readonly arcsOfArea = new Map<number, number[]>();
  private readonly lots = new Map<number, number>();
  /** Map units of a stripe's pixel: a frame is some 800 pixels high. */
  private readonly unit: number;

  /** Draws all areas, or those that meet a box. */
  constructor(
    private readonly desk: Desk,
    private readonly defs: SVGDefsElement,
    box: Box | null = null,
  ) {
    this.unit = desk.frame.height / 800;
    desk.areas.forEach((area, index) => {
      if (box && !meets(area.box, box)) return;
      const path = s("path", { class: "area", d: area.path, "data-i": index });
      this.paths.set(index, path);
      this.areas.append(path);
    });
    const thin = new Map<string, string>();
    desk.arcs.forEach((arc, index) => {
      const sides = [arc.left, arc.right].filter((side): side is number => side !== null && this.paths.has(side));
      if (sides.length < 2) return;
      const cell = cellOf(desk, arc.left);
      thin.set(cell, (thin.get(cell) ?? "") + arc.path);
      for (const side of sides) this.arcsOfArea.set(side, [...(this.arcsOfArea.get(side) ?? []), index]);
    });
    // Borders within lots are always there below the others. One path a cell: a path for each arc takes long when all is painted, one for all of
    // them when a part is.
    this.borders.prepend(...[...thin.values()].map((d) => s("path", { class: "thin", d })));
  }

  /** Paints these areas and their borders again; null for all. */
  paint(shown: Shown, areas: readonly number[] | null): void {
    const touched = new Set<number>();
    for (const area of areas ?? this.paths.keys()) {
      const path = this.paths.get(area);
      if (!path) continue;
      const lot = shown.lotOfArea(area);
      this.lots.set(area, lot);
      setAttribute(path, "fill", shown.colourOfArea?.(area, lot) ?? this.fill(shown, lot, shown.secondLotOfArea(area)));
      for (const arc of this.arcsOfArea.get(area) ?? []) touched.add(arc);
    }
    for (const arc of touched) this.switchArc(arc);
  }

  /** The arcs around a lot. */
  outline(lot: number): number[] {
    return this.desk.arcs.flatMap((arc, index) => {
      const left = this.lots.get(arc.left) === lot;
      const right = arc.right !== null && this.lots.get(arc.right) === lot;
      return left === right ? [] : [index];
    });
  }

  private switchArc(index: number): void {
    const arc = this.desk.arcs[index];
    if (!arc || arc.right === null) return;
    const old = this.drawn.get(index);
    const differs = this.lots.get(arc.left) !== this.lots.get(arc.right);
    if (differs === (old !== undefined)) return;
    if (old) {
      old.remove();
      this.drawn.delete(index);
    } else {
      const path = s("path", { class: "border", d: arc.path });
      this.drawn.set(index, path);
      this.borders.append(path);
    }
  }

  private fill(shown: Shown, first: number, second: number): string {
    if (second === -2) return first === NONE ? `url(#${this.open()})` : shown.colourOfLot(first);
    return `url(#${this.stripes(first === NONE ? OPEN : shown.colourOfLot(first), second === NONE ? OPEN : shown.colourOfLot(second))})`;
  }

  /** The pattern of areas in no lot. */
  private open(): string {
    return this.pattern("open", OPEN, OPEN_LINE, 1.2);
  }

  /** The pattern of an area that two lots share. */
  private stripes(first: string, second: string): string {
    return this.pattern(`split-${first.slice(1)}-${second.slice(1)}`, first, second, 4);
  }

  private pattern(id: string, ground: string, line: string, width: number): string {
    const name = `${this.defs.id}-${id}`;
    if (!this.defs.querySelector(`[id="${name}"]`)) {
      const box = { width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: `scale(${this.unit}) rotate(45)` };
      const stripe = s("rect", { width, height: 8, fill: line });
      // Two dark lots would run into one another without a light line between their stripes.
      const edges = width > 2 ? [0, width].map((x) => s("rect", { x: x - 0.35, width: 0.7, height: 8, fill: "#fff" })) : [];
      this.defs.append(s("pattern", { id: name, ...box }, s("rect", { width: 8, height: 8, fill: ground }), stripe, ...edges));
    }
    return name;
  }
}

/** Cells to a side of the frame, each with its borders in one path. */
const CELLS = 8;

function cellOf(desk: Desk, area: number): string {
  const [x, y] = desk.areas[area]?.at ?? [0, 0];
  const cell = (value: number, whole: number): number => Math.floor((CELLS * value) / whole);
  return `${cell(x, desk.frame.width)} ${cell(y, desk.frame.height)}`;
}

const OPEN = "#e3e5e6";
const OPEN_LINE = "#9aa1a6";

export function meets(a: Box, b: Box): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/** The box around boxes, or null for none. */
export function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  return boxes.reduce<Box>(
    (all, box) => [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
}
