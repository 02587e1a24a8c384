/** A still map of another plan, linked with the others by what is hovered; areas can be marked as moved. */
import { Refused } from "../api";
import { onWhile, tell } from "../bus";
import { h, s, setAttribute } from "../dom";
import { NONE, seatsOf, type Plan } from "../plan";
import type { Lot } from "../types";
import { noteLink } from "../queue";
import { LabelGroup, askLabels } from "./labels";
import { Sheet, type Shown } from "./sheet";

export interface StillPlan {
  lotOfSeat: ArrayLike<number>;
  lots: Lot[];
}

/** With more moves than this, rings around them would hide the map. */
const FEW = 40;
/** With more lots than this, labels beside them would cover a small map: they are told by pointing at them. */
const FEW_LOTS = 14;
let drawn = 0;

export class Still {
  readonly figure: HTMLElement;
  private readonly sheet: Sheet;
  private readonly moved = s("g", { class: "moved", "aria-hidden": "true" });
  private readonly hover = s("path", { class: "mark hover", d: "" });
  private readonly labels = new LabelGroup();
  private sizes: ResizeObserver | null = null;
  private readonly svg: SVGSVGElement;

  /** `quiet` draws moved areas alone in their colour, all others pale. */
  constructor(
    private readonly plan: Plan,
    title: string,
    private readonly quiet = false,
  ) {
    drawn += 1;
    const desk = plan.desk;
    const { width, height } = desk.frame;
    const defs = s("defs", { id: `still-${drawn}` });
    defs.append(hatch(defs.id, height / 700));
    this.sheet = new Sheet(desk, defs);
    const context = s("g", { class: "context" }, ...desk.context.map((one) => s("path", { d: one.path })));
    this.svg = s("svg", { class: quiet ? "still quiet" : "still", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title }, defs, context, this.sheet.areas, this.sheet.borders, this.moved, this.hover, this.labels.group);
    this.figure = h("figure", { class: "still-figure" }, h("figcaption", {}, title), this.svg);
    this.svg.addEventListener("pointermove", (event) => {
      const mark = (event.target as Element).getAttribute("data-i");
      tell("hover", { area: mark === null ? null : Number(mark) });
    });
    onWhile(this.svg, "hover", ({ area }) => setAttribute(this.hover, "d", area === null ? "" : (desk.areas[area]?.path ?? "")));
  }

  /** Shows a plan, and hatches the areas that moved, or draws no more than their outlines. `of` names the plan to the program, which places its labels; none without. */
  show(plan: StillPlan, moved: readonly number[], of: string | null = null, light = false): void {
    const palette = this.plan.desk.palette;
    const lotOfSeat = plan.lotOfSeat;
    const shown: Shown = {
      lotOfArea: (area) => this.plan.lotOfArea(area, lotOfSeat),
      secondLotOfArea: (area) => this.plan.secondLotOfArea(area, lotOfSeat),
      colourOfLot: (lot) => palette[(plan.lots[lot]?.colour ?? 0) % palette.length] ?? "#3d3d3d",
    };
    this.sheet.paint(shown, null);
    const id = this.svg.querySelector("defs")?.id ?? "";
    const d = (area: number): string => this.plan.desk.areas[area]?.path ?? "";
    const set = new Set(moved);
    const paths = this.quiet || light ? [] : moved.map((area) => s("path", { d: d(area), fill: `url(#${id}-hatch)` }));
    const edges = light ? this.around(set) : moved.map((area) => s("path", { class: "moved-edge", d: d(area) }));
    this.moved.replaceChildren(...paths, ...edges, ...(moved.length <= FEW ? this.rings(moved) : []));
    for (const [area, path] of this.sheet.paths) setAttribute(path, "class", set.has(area) ? "area is-moved" : "area");
    if (of !== null) this.label(of, plan.lots);
  }

  /** One outline around all of these areas together. */
  private around(areas: ReadonlySet<number>): SVGPathElement[] {
    const edge = this.plan.desk.arcs.filter((arc) => areas.has(arc.left) !== (arc.right !== null && areas.has(arc.right)));
    const path = edge.map((arc) => arc.path).join("");
    return path === "" ? [] : ["moved-edge under", "moved-edge"].map((kind) => s("path", { class: kind, d: path }));
  }

  /** A ring around each small area, so that it is found. */
  private rings(areas: readonly number[]): SVGCircleElement[] {
    const { height } = this.plan.desk.frame;
    return areas.flatMap((index) => {
      const area = this.plan.desk.areas[index];
      if (!area || area.box[3] - area.box[1] > height * 0.05) return [];
      return ["moved-ring under", "moved-ring"].map((kind) => s("circle", { class: kind, cx: area.at[0], cy: area.at[1], r: height * 0.03 }));
    });
  }

  /** Asks for the labels once the size of the map on the screen is known, and again where it changes. */
  private label(of: string, lots: readonly Lot[]): void {
    const { width, height } = this.plan.desk.frame;
    const palette = this.plan.desk.palette.length;
    let known = 0;
    let asked = 0;
    const ask = async (): Promise<void> => {
      const { clientWidth, clientHeight } = this.svg;
      const scale = Math.min(clientWidth / width, clientHeight / height);
      if (scale === 0 || scale === known) return;
      known = scale;
      const ticket = ++asked;
      try {
        const labels = await askLabels(scale, lots.length > FEW_LOTS ? `${of}&beside=no` : of);
        if (ticket !== asked) return;
        this.labels.draw(labels, (lot) => (lots[lot]?.colour ?? 0) % palette);
        this.labels.scale(1 / scale);
      } catch (fault) {
        if (!(fault instanceof Refused)) noteLink(false);
      }
    };
    this.sizes?.disconnect();
    this.sizes = new ResizeObserver(() => void ask());
    this.sizes.observe(this.svg);
  }
}

function hatch(stem: string, unit: number): SVGPatternElement {
  const box = { width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: `scale(${unit}) rotate(-45)` };
  return s("pattern", { id: `${stem}-hatch`, ...box }, s("rect", { width: 3.4, height: 9, fill: "#ffdd00" }), s("rect", { x: 3.4, width: 2, height: 9, fill: "#0b0c0c" }));
}

/** Areas whose seats lie in lots of another name; with `fromLots`, those alone that were in a lot before. */
export function movedAreas(plan: Plan, before: StillPlan, after: StillPlan, fromLots = false): number[] {
  const areas = new Set<number>();
  plan.desk.seats.forEach((seat, index) => {
    const a = before.lots[before.lotOfSeat[index] ?? NONE]?.lot_id ?? null;
    const b = after.lots[after.lotOfSeat[index] ?? NONE]?.lot_id ?? null;
    if (a !== b && !(fromLots && a === null)) areas.add(seat.area);
  });
  return [...areas].sort((a, b) => a - b);
}

export function still(lots: Lot[], lotOfSeat: readonly (number | null)[]): StillPlan {
  return { lots, lotOfSeat: seatsOf(lotOfSeat, lotOfSeat.length) };
}
