/** Links over water: lines between the areas that a bridge, a tunnel or a ferry joins. */
import { s } from "../dom";
import type { Desk } from "../types";

/** Two lines a link, a light one below the dark, so that it is seen on dark lots too; links of larger units follow from those of their areas. */
export function linkLines(desk: Desk): SVGGElement {
  const at = (area: number): readonly [number, number] => desk.areas[area]?.at ?? [0, 0];
  const lines = (link: Desk["crossings"][number]): SVGLineElement[] => {
    const [x1, y1] = at(link.from);
    const [x2, y2] = at(link.to);
    return ["under", "over"].map((name) => s("line", { class: name, x1, y1, x2, y2 }));
  };
  return s("g", { class: "links", "aria-hidden": "true" }, ...desk.crossings.flatMap(lines));
}
