/** The outline of the lot in hand: a path an arc, so that a stroke draws only the arcs that it changed. */
import { s } from "../dom";
import type { Desk } from "../types";

export class Outline {
  readonly group = s("g", { class: "outline" });
  private readonly under = s("g", { class: "mark halo" });
  private readonly over = s("g", { class: "mark active" });
  private readonly drawn = new Map<number, readonly [SVGPathElement, SVGPathElement]>();

  constructor(private readonly desk: Desk) {
    this.group.append(this.under, this.over);
  }

  /** Draws these arcs and no others. */
  show(arcs: readonly number[]): void {
    const wanted = new Set(arcs);
    for (const [arc, paths] of this.drawn) {
      if (wanted.has(arc)) continue;
      for (const path of paths) path.remove();
      this.drawn.delete(arc);
    }
    for (const arc of wanted) if (!this.drawn.has(arc)) this.drawn.set(arc, this.draw(this.desk.arcs[arc]?.path ?? ""));
  }

  private draw(d: string): readonly [SVGPathElement, SVGPathElement] {
    const paths = [s("path", { d }), s("path", { d })] as const;
    this.under.append(paths[0]);
    this.over.append(paths[1]);
    return paths;
  }
}
