/** The area that an arrow key leads to: the nearest in that direction, land neighbours before others. */
import type { Desk } from "../types";

export type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/** Right and down, in steps. */
export const VECTORS: Record<Direction, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Null where nothing lies that way. */
export function towards(desk: Desk, from: number, key: Direction): number | null {
  const start = desk.areas[from];
  if (!start) return null;
  const [dx, dy] = VECTORS[key];
  let best: number | null = null;
  let least = Infinity;
  const near = landNeighbours(desk, from);
  desk.areas.forEach((area, index) => {
    if (index === from) return;
    const x = area.at[0] - start.at[0];
    const y = area.at[1] - start.at[1];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead <= 0 || aside > ahead * 1.2) return;
    const cost = (ahead + 2 * aside) * (near.has(index) ? 0.4 : 1);
    if (cost < least) {
      least = cost;
      best = index;
    }
  });
  return best;
}

function landNeighbours(desk: Desk, area: number): Set<number> {
  const found = new Set<number>();
  for (const arc of desk.arcs) {
    if (arc.left === area && arc.right !== null) found.add(arc.right);
    if (arc.right === area) found.add(arc.left);
  }
  return found;
}
