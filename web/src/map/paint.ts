/** The hand on the map: click, sweep and box paint, Alt picks a lot, the middle button or the Move tool pans, two fingers zoom. */
import { say, tell } from "../bus";
import { s } from "../dom";
import type { Plan } from "../plan";
import type { Zoom } from "./zoom";

/** A sweep is looked at every so many screen pixels, so that a fast hand leaves no gaps. */
const STEP_PX = 5;

interface Sweep {
  lot: number | null;
  seats: number[];
  before: number[];
  last: { x: number; y: number };
}

type Hand =
  | { kind: "idle" }
  | { kind: "sweep"; sweep: Sweep }
  | { kind: "box"; from: [number, number]; to: [number, number] }
  | { kind: "pan"; last: { x: number; y: number } };

export type Tool = "paint" | "move";

export class Painter {
  tool: Tool = "paint";
  readonly box = s("rect", { class: "marquee", visibility: "hidden" });
  private hand: Hand = { kind: "idle" };
  private readonly fingers = new Map<number, { x: number; y: number }>();
  private bar = false;

  constructor(
    private readonly plan: Plan,
    private readonly svg: SVGSVGElement,
    private readonly zoom: Zoom,
  ) {
    svg.addEventListener("pointerdown", (event) => this.down(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    svg.addEventListener("pointerup", (event) => this.up(event));
    svg.addEventListener("pointercancel", (event) => this.cancel(event));
    svg.addEventListener("pointerleave", () => this.hand.kind === "idle" && tell("hover", { area: null }));
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    svg.addEventListener("contextmenu", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.drop();
      if (event.key === " ") this.bar = true;
    });
    document.addEventListener("keyup", (event) => event.key === " " && (this.bar = false));
  }

  /** A client point in frame units. */
  private frame(x: number, y: number): [number, number] {
    const matrix = this.svg.getScreenCTM();
    if (!matrix) return [0, 0];
    return [(x - matrix.e) / matrix.a, (y - matrix.f) / matrix.d];
  }

  private areaAt(x: number, y: number): number | null {
    return areaOf(document.elementFromPoint(x, y));
  }

  private down(event: PointerEvent): void {
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    // To focus lays the page out, which a stroke need not wait for where the map has the focus.
    if (document.activeElement !== this.svg) this.svg.focus({ preventScroll: true });
    if (this.fingers.size === 2) return this.drop();
    if (this.fingers.size > 2) return;
    const at = { x: event.clientX, y: event.clientY };
    if (event.button === 1 || event.button === 2 || this.tool === "move" || this.bar) this.hand = { kind: "pan", last: at };
    else if (event.altKey) this.pick(at);
    else if (event.shiftKey) this.hand = { kind: "box", from: this.frame(at.x, at.y), to: this.frame(at.x, at.y) };
    else this.begin(at, areaOf(event.target));
    if (this.hand.kind !== "idle") this.svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  private pick(at: { x: number; y: number }): void {
    const area = this.areaAt(at.x, at.y);
    if (area === null) return;
    const lot = this.plan.lotOfArea(area);
    this.plan.choose(lot >= 0 ? lot : null);
  }

  private begin(at: { x: number; y: number }, area: number | null): void {
    if (this.plan.preview) return say("The optimiser is at work: stop it to paint.");
    if (this.plan.lots.length === 0) return tell("say", { words: "There is no lot to paint with yet. Make one with New lot, let Optimise design them all, or start from a baseline in Compare.", urgent: true });
    const sweep: Sweep = { lot: this.plan.active, seats: [], before: [], last: at };
    this.hand = { kind: "sweep", sweep };
    this.touch(sweep, area);
  }

  /** Paints an area. */
  private touch(sweep: Sweep, area: number | null): void {
    if (area === null) return;
    tell("hover", { area });
    const seats = this.plan.movable(this.plan.reach(area).seats, sweep.lot);
    if (seats.length === 0) {
      const own = this.plan.desk.areas[area];
      if (own?.seats.every((seat) => this.plan.isLocked(seat))) say(`${own.name} is locked`);
      return;
    }
    sweep.before.push(...this.plan.paint(seats, sweep.lot));
    sweep.seats.push(...seats);
  }

  private move(event: PointerEvent): void {
    const finger = this.fingers.get(event.pointerId);
    if (this.fingers.size === 2 && finger) return this.pinch(event, finger);
    if (finger) this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const hand = this.hand;
    if (hand.kind === "idle") return tell("hover", { area: this.areaAt(event.clientX, event.clientY) });
    if (hand.kind === "sweep") return this.sweep(hand.sweep, event);
    if (hand.kind === "box") {
      hand.to = this.frame(event.clientX, event.clientY);
      return this.drawBox(hand.from, hand.to);
    }
    const from = this.frame(hand.last.x, hand.last.y);
    const to = this.frame(event.clientX, event.clientY);
    hand.last = { x: event.clientX, y: event.clientY };
    this.zoom.pan(to[0] - from[0], to[1] - from[1]);
  }

  private sweep(sweep: Sweep, event: PointerEvent): void {
    const points = event.getCoalescedEvents?.() ?? [];
    for (const point of points.length > 0 ? points : [event]) {
      const dx = point.clientX - sweep.last.x;
      const dy = point.clientY - sweep.last.y;
      const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / STEP_PX));
      const { x, y } = sweep.last;
      for (let step = 1; step <= steps; step++) this.touch(sweep, this.areaAt(x + (dx * step) / steps, y + (dy * step) / steps));
      sweep.last = { x: point.clientX, y: point.clientY };
    }
  }

  private pinch(event: PointerEvent, old: { x: number; y: number }): void {
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) return;
    const now = { x: event.clientX, y: event.clientY };
    const spread = (a: { x: number; y: number }): number => Math.max(1, Math.hypot(a.x - other.x, a.y - other.y));
    const centre = this.frame((now.x + other.x) / 2, (now.y + other.y) / 2);
    const before = this.frame((old.x + other.x) / 2, (old.y + other.y) / 2);
    this.zoom.pan(centre[0] - before[0], centre[1] - before[1]);
    this.zoom.by(spread(now) / spread(old), centre[0], centre[1]);
    this.fingers.set(event.pointerId, now);
  }

  private up(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    const hand = this.hand;
    this.hand = { kind: "idle" };
    if (hand.kind === "sweep" && hand.sweep.seats.length > 0) this.plan.commit(hand.sweep.seats, hand.sweep.lot);
    if (hand.kind === "box") this.boxDone(hand.from, this.frame(event.clientX, event.clientY));
  }

  private cancel(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    this.drop();
  }

  /** Lets go without a stroke: what was swept goes back. */
  private drop(): void {
    const hand = this.hand;
    this.hand = { kind: "idle" };
    this.box.setAttribute("visibility", "hidden");
    if (hand.kind === "sweep") this.plan.unpaint(hand.sweep.seats, hand.sweep.before);
  }

  private drawBox(from: [number, number], to: [number, number]): void {
    const box = this.box;
    box.setAttribute("visibility", "visible");
    box.setAttribute("x", String(Math.min(from[0], to[0])));
    box.setAttribute("y", String(Math.min(from[1], to[1])));
    box.setAttribute("width", String(Math.abs(from[0] - to[0])));
    box.setAttribute("height", String(Math.abs(from[1] - to[1])));
  }

  private boxDone(from: [number, number], to: [number, number]): void {
    this.box.setAttribute("visibility", "hidden");
    if (this.plan.preview) return;
    const a = this.zoom.toMap(Math.min(from[0], to[0]), Math.min(from[1], to[1]));
    const b = this.zoom.toMap(Math.max(from[0], to[0]), Math.max(from[1], to[1]));
    const seats = new Set<number>();
    this.plan.desk.areas.forEach((area, index) => {
      const [x, y] = area.at;
      if (x < a[0] || x > b[0] || y < a[1] || y > b[1]) return;
      for (const seat of this.plan.reach(index).seats) seats.add(seat);
    });
    if (seats.size > 0) this.plan.stroke([...seats], this.plan.active);
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const [x, y] = this.frame(event.clientX, event.clientY);
    const size = event.deltaMode === 1 ? event.deltaY * 20 : event.deltaY;
    this.zoom.by(Math.exp(-size * (event.ctrlKey ? 0.01 : 0.0018)), x, y);
  }
}

/** The area that an element of the map draws. */
function areaOf(target: EventTarget | null): number | null {
  const mark = target instanceof Element ? target.getAttribute("data-i") : null;
  return mark === null ? null : Number(mark);
}
