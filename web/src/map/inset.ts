/** The inset draws a part of the map larger, in the corner of the frame with the least land. */
import { s, setAttribute } from "../dom";
import type { Desk } from "../types";
import { Sheet } from "./sheet";

export class Inset {
  readonly sheet: Sheet;
  readonly group: SVGGElement;
  private readonly title: SVGTextElement;

  constructor(desk: Desk, inset: NonNullable<Desk["inset"]>, defs: SVGDefsElement) {
    const { box, title } = inset;
    const size = Math.min(desk.frame.width, desk.frame.height) * 0.3;
    const k = Math.min(size / (box[2] - box[0]), size / (box[3] - box[1]));
    const width = (box[2] - box[0]) * k;
    const height = (box[3] - box[1]) * k;
    const [x, y] = emptiest(desk, width, height);
    this.sheet = new Sheet(desk, defs, box);
    for (const path of this.sheet.paths.values()) setAttribute(path, "aria-hidden", "true");
    defs.append(s("clipPath", { id: "inset-clip" }, s("rect", { x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1] })));
    const context = s("g", { class: "context" }, ...desk.context.map((one) => s("path", { d: one.path })));
    const inner = s("g", { transform: `translate(${x - box[0] * k} ${y - box[1] * k}) scale(${k})`, "clip-path": "url(#inset-clip)" }, context, this.sheet.areas, this.sheet.borders);
    this.title = s("text", { class: "inset-title", x: x + width * 0.03, y: y + height - width * 0.03 }, title);
    const [ground, edge] = ["inset-ground", "inset-edge"].map((name) => s("rect", { class: name, x, y, width, height }));
    this.group = s("g", { class: "inset", "aria-hidden": "true" }, ground, inner, edge, this.title);
  }

  /** Keeps the title at its size on the screen. */
  scale(pixel: number): void {
    this.title.setAttribute("font-size", String(13 * pixel));
  }
}

/** Left and top of the corner that hides the fewest areas. */
function emptiest(desk: Desk, w: number, tall: number): [number, number] {
  const { width, height } = desk.frame;
  const gap = Math.min(width, height) * 0.012;
  const corners: [number, number][] = [[width - w - gap, gap], [gap, gap], [width - w - gap, height - tall - gap], [gap, height - tall - gap]];
  const cover = ([x, y]: [number, number]): number => desk.areas.filter(({ at }) => at[0] > x && at[0] < x + w && at[1] > y && at[1] < y + tall).length;
  return corners.reduce((best, corner) => (cover(corner) < cover(best) ? corner : best));
}
