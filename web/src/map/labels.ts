/** Labels of lots, placed by the program, asked when the plan has rested; they keep their size on the screen. */
import { get } from "../api";
import { on } from "../bus";
import { s } from "../dom";
import { noteLink, waiting } from "../queue";
import type { Label } from "../types";

const REST_MS = 250;

export class Labels {
  readonly group = s("g", { class: "labels", "aria-hidden": "true" });
  private labels: Label[] = [];
  private nodes: { node: SVGGElement; at: readonly [number, number] }[] = [];
  private timer = 0;
  private asked = 0;

  /** `unit` gives the size of a screen pixel in map units when the whole frame is shown. */
  constructor(
    private readonly unit: () => number,
    private readonly colour: (lot: number) => number,
    private zoom = 1,
  ) {
    on("plan", () => this.later());
    let away = false;
    on("link", ({ lost }) => {
      if (away && !lost) this.later();
      away = lost;
    });
    this.later();
  }

  /** Asks again after a rest. */
  later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), REST_MS);
  }

  scale(zoom: number): void {
    this.zoom = zoom;
    const size = this.unit() / zoom;
    for (const { node, at } of this.nodes) node.setAttribute("transform", `translate(${at[0]} ${at[1]}) scale(${size.toFixed(3)})`);
  }

  private async ask(): Promise<void> {
    if (waiting().length > 0) return this.later();
    const ticket = ++this.asked;
    try {
      const answer = await get<Label[] | { labels: Label[] }>(`/api/labels?scale=${(1 / this.unit()).toFixed(3)}`);
      if (ticket !== this.asked) return;
      this.labels = Array.isArray(answer) ? answer : answer.labels;
      this.draw();
    } catch {
      noteLink(false);
    }
  }

  private draw(): void {
    this.nodes = [];
    this.group.replaceChildren();
    for (const label of this.labels) {
      if (label.leader) {
        const line = { x1: label.at[0], y1: label.at[1], x2: label.leader[0], y2: label.leader[1] };
        this.group.append(s("line", { class: "leader under", ...line }), s("line", { class: "leader", ...line }));
      }
    }
    for (const label of this.labels) {
      const top = -((label.lines.length - 1) * 13) / 2 + 4.5;
      const node = s("g", { class: label.leader ? "label" : `label inside c${this.colour(label.lot)}` });
      label.lines.forEach((line, index) => {
        const place = { x: 0, y: top + index * 13, class: index < (label.names ?? 1) ? "name" : "figure" };
        node.append(s("text", place, line));
      });
      this.nodes.push({ node, at: label.at });
      this.group.append(node);
    }
    this.scale(this.zoom);
  }
}
