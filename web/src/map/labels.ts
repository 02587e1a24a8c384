/** Labels of lots, placed by the program, asked when a plan has rested; they keep their size on the screen. */
import { get } from "../api";
import { on } from "../bus";
import { s } from "../dom";
import { noteLink, waiting } from "../queue";
import type { Label } from "../types";

const REST_MS = 250;

/** Labels as they were placed, drawn at a scale. */
export class LabelGroup {
  readonly group = s("g", { class: "labels", "aria-hidden": "true" });
  private nodes: { node: SVGGElement; label: Label; lines: SVGLineElement[] }[] = [];

  draw(labels: readonly Label[], colour: (lot: number) => number): void {
    this.nodes = labels.map((label) => ({ label, node: words(label, colour(label.lot)), lines: label.leader ? [s("line", { class: "leader under" }), s("line", { class: "leader" })] : [] }));
    this.group.replaceChildren(...this.nodes.flatMap(({ lines }) => lines), ...this.nodes.map(({ node }) => node));
  }

  /** `size` is a pixel of the screen in map units. */
  scale(size: number): void {
    for (const { node, label, lines } of this.nodes) {
      node.setAttribute("transform", `translate(${label.at[0]} ${label.at[1]}) scale(${size.toFixed(3)})`);
      const [x1, y1] = edge(label, size);
      const [x2, y2] = label.leader ?? label.at;
      for (const line of lines) for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) line.setAttribute(name, value.toFixed(1));
    }
  }
}

function words(label: Label, colour: number): SVGGElement {
  const top = -((label.lines.length - 1) * 13) / 2 + 4.5;
  const line = (text: string, index: number): SVGTextElement => s("text", { x: 0, y: top + index * 13, class: index < (label.names ?? 1) ? "name" : "figure" }, text);
  return s("g", { class: label.leader ? "label" : `label inside c${colour}` }, ...label.lines.map(line));
}

/** Where a leader line leaves the label: a line to its middle would run through the words. */
function edge(label: Label, size: number): [number, number] {
  const [dx, dy] = [(label.leader?.[0] ?? 0) - label.at[0], (label.leader?.[1] ?? 0) - label.at[1]];
  const part = Math.min(1, (label.half[0] * size) / Math.abs(dx), (label.half[1] * size) / Math.abs(dy));
  return [label.at[0] + dx * part, label.at[1] + dy * part];
}

/** Asks for labels of a screen that shows a map unit as `scale` pixels; `of` names another plan than the one on the desk. */
export async function askLabels(scale: number, of = ""): Promise<Label[]> {
  return get<Label[]>(`/api/labels?scale=${scale.toFixed(3)}${of}`);
}

/** The labels of the plan on the desk. */
export class Labels {
  private readonly drawn = new LabelGroup();
  readonly group = this.drawn.group;
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
    this.drawn.scale(this.unit() / zoom);
  }

  private async ask(): Promise<void> {
    if (waiting().length > 0) return this.later();
    const ticket = ++this.asked;
    try {
      const labels = await askLabels(1 / this.unit());
      if (ticket !== this.asked) return;
      this.drawn.draw(labels, this.colour);
      this.scale(this.zoom);
    } catch {
      noteLink(false);
    }
  }
}
