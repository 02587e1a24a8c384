/** The map: a listbox of areas that shows the plan, what is under the hand, deals, links and labels, with an inset for London. */
import { on, tell } from "../bus";
import { s, setAttribute } from "../dom";
import { NONE, type Plan } from "../plan";
import type { Box } from "../types";
import { Colours } from "./colours";
import { Inset } from "./inset";
import { Labels } from "./labels";
import { linkLines } from "./links";
import { Outline } from "./outline";
import { VECTORS, towards, type Direction } from "./neighbour";
import { Painter } from "./paint";
import { Sheet, around, type Shown } from "./sheet";
import { Zoom } from "./zoom";

export class MapView {
  readonly svg: SVGSVGElement;
  readonly zoom: Zoom;
  readonly painter: Painter;
  readonly colours: Colours;
  focused: number | null = null;
  hovered: number | null = null;
  readonly deals: SVGGElement;
  private readonly sheet: Sheet;
  private readonly labels: Labels;
  private readonly inset: Inset | null;
  private readonly outline: Outline;
  private readonly marks = { under: mark("hover-under"), hover: mark("hover"), focusUnder: mark("focus-under"), focus: mark("focus") };
  private readonly locks = s("g", { class: "locks", "aria-hidden": "true" });
  private frameRequest = 0;

  constructor(private readonly plan: Plan, holder: HTMLElement) {
    const desk = plan.desk;
    const { width, height } = desk.frame;
    const defs = s("defs", { id: "map-defs" });
    this.svg = s("svg", {
      id: "map", role: "listbox", tabindex: 0, viewBox: `0 0 ${width} ${height}`, "aria-multiselectable": "true",
      "aria-label": "Map of areas", "aria-describedby": "map-help",
    });
    this.colours = new Colours(plan);
    this.sheet = new Sheet(desk, defs);
    for (const [index, path] of this.sheet.paths) {
      path.id = `area-${index}`;
      setAttribute(path, "role", "option");
    }
    const context = s("g", { class: "context", "aria-hidden": "true" }, ...desk.context.map((one) => s("path", { d: one.path })));
    this.deals = s("g", { class: "deals", "aria-hidden": "true", visibility: "hidden" }, ...["under", "line"].flatMap((name) => desk.deals.map((deal) => s("path", { class: name, d: deal.path }))));
    this.labels = new Labels(() => this.pixel(), (lot) => (plan.lots[lot]?.colour ?? 0) % desk.palette.length);
    this.outline = new Outline(desk);
    const marks = s("g", { class: "marks", "aria-hidden": "true" }, s("rect", { class: "ground", width, height }), this.outline.group, ...Object.values(this.marks));
    const world = s("g", { role: "none" }, context, this.sheet.areas, this.sheet.borders, linkLines(desk), this.deals, marks, this.locks, this.labels.group);
    this.inset = desk.inset ? new Inset(desk, desk.inset, defs) : null;
    this.svg.append(defs, world);
    if (this.inset) this.svg.append(this.inset.group);
    holder.prepend(this.svg);
    this.zoom = new Zoom(world, desk.frame, () => this.zoomed());
    this.painter = new Painter(plan, this.svg, this.zoom);
    this.svg.append(this.painter.box);
    this.listen();
    this.paint(null);
    this.relabel(null);
    this.showActive();
  }

  /** The size of a screen pixel in frame units. */
  private pixel(): number {
    const box = this.svg.getBoundingClientRect();
    const { width, height } = this.plan.desk.frame;
    if (box.width === 0 || box.height === 0) return width / 600;
    return 1 / Math.min(box.width / width, box.height / height);
  }

  private listen(): void {
    on("plan", ({ areas }) => this.planChanged(areas));
    on("active", () => (this.showActive(), this.relabel(null)));
    on("hover", ({ area }) => this.hover(area));
    on("brush", () => this.hover(this.hovered, true));
    on("show", ({ box, areas }) => this.show(box, areas));
    on("task", () => (this.recolour(), this.showLabels()));
    on("look", () => this.recolour());
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.svg.addEventListener("focus", () => this.svg.matches(":focus-visible") && this.focus(this.focused ?? 0));
    this.svg.addEventListener("blur", () => this.marks.focus.parentElement && this.mark("focus", ""));
    new ResizeObserver(() => (this.zoomed(), this.labels.later())).observe(this.svg);
  }

  private readonly shown: Shown = {
    lotOfArea: (area) => this.plan.lotOfArea(area),
    secondLotOfArea: (area) => this.plan.secondLotOfArea(area),
    colourOfLot: (lot) => this.plan.desk.palette[(this.plan.shownLots()[lot]?.colour ?? 0) % this.plan.desk.palette.length] ?? "#3d3d3d",
    colourOfArea: (area, lot) => this.colours.fill(area, lot),
  };

  private recolour(): void {
    setAttribute(this.svg, "data-look", this.colours.isOn() ? "" : null);
    this.planChanged(null);
  }

  private planChanged(areas: readonly number[] | null): void {
    this.paint(areas);
    this.relabel(areas);
    // The outline of a lot is a long path, so it is drawn once a frame however many strokes fall into it.
    if (!this.frameRequest) this.frameRequest = requestAnimationFrame(() => ((this.frameRequest = 0), this.showActive(), this.showLocks()));
  }

  /** Labels are of the plan on the desk: beside another one they would lie. */
  private showLabels(): void {
    const other = this.plan.preview !== null && this.plan.preview.lots !== this.plan.lots;
    setAttribute(this.labels.group, "visibility", other ? "hidden" : null);
  }

  private paint(areas: readonly number[] | null): void {
    this.sheet.paint(this.shown, areas);
    this.inset?.sheet.paint(this.shown, areas);
  }

  /** Names of options: what a screen reader says of an area. */
  private relabel(areas: readonly number[] | null): void {
    const lots = this.plan.shownLots();
    for (const area of areas ?? this.sheet.paths.keys()) {
      const path = this.sheet.paths.get(area);
      const own = this.plan.desk.areas[area];
      if (!path || !own) continue;
      const lot = this.plan.lotOfArea(area);
      const second = this.plan.secondLotOfArea(area);
      const place = lot === NONE ? "in no lot" : `lot ${lots[lot]?.lot_id ?? ""}`;
      const shared = second === -2 ? "" : `, shared with ${second === NONE ? "no lot" : `lot ${lots[second]?.lot_id ?? ""}`}`;
      const lock = own.seats.some((seat) => this.plan.isLocked(seat)) ? ", locked" : "";
      setAttribute(path, "aria-label", `${own.name}, ${place}${shared}${lock}${this.colours.words(area, lot)}`);
      setAttribute(path, "aria-selected", String(lot >= 0 && lot === this.plan.active));
    }
  }

  private showActive(): void {
    const lot = this.plan.active;
    this.outline.show(lot === null ? [] : this.sheet.outline(lot));
  }

  private mark(kind: "hover" | "focus", d: string): void {
    const pair = { hover: ["under", "hover"], focus: ["focusUnder", "focus"] } as const;
    for (const name of pair[kind]) setAttribute(this.marks[name], "d", d);
  }

  private hover(area: number | null, again = false): void {
    if (area === this.hovered && !again) return;
    this.hovered = area;
    const seats = area === null ? [] : this.plan.reach(area).seats;
    const areas = new Set(seats.map((seat) => this.plan.desk.seats[seat]?.area ?? 0));
    this.mark("hover", [...areas].map((one) => this.plan.desk.areas[one]?.path ?? "").join(""));
  }

  /** Puts the keyboard at an area. */
  focus(area: number): void {
    this.focused = area;
    setAttribute(this.svg, "aria-activedescendant", `area-${area}`);
    const own = this.plan.desk.areas[area];
    if (!own) return;
    this.mark("focus", own.path);
    this.zoom.reveal(own.at);
    tell("hover", { area });
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key.startsWith("Arrow") && event.shiftKey) {
      event.preventDefault();
      this.slide(event.key as Direction);
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const next = towards(this.plan.desk, this.focused ?? 0, event.key as Direction);
      this.focus(next ?? this.focused ?? 0);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      this.focus(event.key === "Home" ? 0 : this.plan.desk.areas.length - 1);
    } else if (event.key === "Enter" && this.focused !== null && !this.plan.preview) {
      event.preventDefault();
      this.plan.stroke(this.plan.reach(this.focused).seats, this.plan.active);
    }
  }

  /** Moves the map by an eighth of the frame, so that what lies that way comes into view. */
  private slide(key: Direction): void {
    const { width, height } = this.plan.desk.frame;
    const [x, y] = VECTORS[key];
    this.zoom.pan((-x * width) / 8, (-y * height) / 8);
  }

  private show(box: readonly [number, number, number, number], areas: readonly number[]): void {
    this.zoom.to([...box]);
    const first = areas[0];
    if (first !== undefined) {
      this.focused = first;
      setAttribute(this.svg, "aria-activedescendant", `area-${first}`);
      this.mark("focus", areas.map((area) => this.plan.desk.areas[area]?.path ?? "").join(""));
      window.setTimeout(() => document.activeElement !== this.svg && this.mark("focus", ""), 2500);
    }
  }

  /** The box around a lot, or null where it is empty. */
  boxOfLot(lot: number): Box | null {
    return around(this.plan.desk.areas.filter((_, index) => this.plan.lotOfArea(index) === lot).map((area) => area.box));
  }

  private zoomed(): void {
    const zoom = this.zoom?.k ?? 1;
    this.inset?.scale(this.pixel());
    this.labels.scale(zoom);
    this.scaleLocks(zoom);
    setAttribute(this.svg, "data-zoomed", zoom > 1.25 ? "yes" : null);
  }

  private showLocks(): void {
    const areas = new Set([...this.plan.locked].map((seat) => this.plan.desk.seats[seat]?.area ?? 0));
    if (areas.size === this.locks.childElementCount && areas.size === 0) return;
    const glyph = "M-4-1V-3.5a4 4 0 0 1 8 0V-1H5.500V6H-5.500V-1ZM-2.200-1H2.200V-3.500a2.200 2.200 0 0 0-4.400 0Z";
    this.locks.replaceChildren(...[...areas].map((area) => s("path", { d: glyph, "data-area": area })));
    this.scaleLocks(this.zoom.k);
  }

  private scaleLocks(zoom: number): void {
    const size = (this.pixel() / zoom).toFixed(3);
    for (const lock of this.locks.children) {
      const at = this.plan.desk.areas[Number(lock.getAttribute("data-area"))]?.at ?? [0, 0];
      lock.setAttribute("transform", `translate(${at[0]} ${at[1]}) scale(${size})`);
    }
  }
}

function mark(name: string): SVGPathElement {
  return s("path", { class: `mark ${name}`, d: "" });
}

