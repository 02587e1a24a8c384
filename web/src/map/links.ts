/** Links over water: lines between the areas that a bridge, a tunnel or a ferry joins. */
import { s } from "../dom";
import type { Desk } from "../types";

/** A line a link, each with its name; links of larger units follow from those of their areas. */
export function linkLines(desk: Desk): SVGGElement {
  const at = (area: number): readonly [number, number] => desk.areas[area]?.at ?? [0, 0];
  const line = (link: Desk["crossings"][number]): SVGLineElement => {
    const [x1, y1] = at(link.from);
    const [x2, y2] = at(link.to);
    return s("line", { x1, y1, x2, y2 }, s("title", {}, link.name));
  };
  return s("g", { class: "links", "aria-hidden": "true" }, ...desk.crossings.map(line));
}
