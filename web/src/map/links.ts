/** Links over water: lines between the areas that a bridge, a tunnel or a ferry joins. */
import { s } from "../dom";
import type { Desk } from "../types";

/** Links whose ends are one area each. */
export function shownLinks(desk: Desk): Desk["links"] {
  return desk.links.filter((link) => link.counts && [link.from, link.to].every((unit) => desk.units[unit]?.seats.length === 1));
}

/** Links between larger units have no place of their own to be drawn at, so those are left out. */
export function linkLines(desk: Desk): SVGGElement {
  const at = (unit: number): readonly [number, number] => {
    const seat = desk.units[unit]?.seats[0] ?? 0;
    return desk.areas[desk.seats[seat]?.area ?? 0]?.at ?? [0, 0];
  };
  const line = (link: { from: number; to: number; name: string }): SVGLineElement => {
    const [x1, y1] = at(link.from);
    const [x2, y2] = at(link.to);
    return s("line", { x1, y1, x2, y2 }, s("title", {}, link.name));
  };
  return s("g", { class: "links", "aria-hidden": "true" }, ...shownLinks(desk).map(line));
}
