/** Pan and zoom by one transform of the group that holds the map. */
import { setAttribute } from "../dom";
import type { Box } from "../types";

const MOST = 24;

export class Zoom {
  k = 1;
  x = 0;
  y = 0;
  private animation = 0;

  constructor(
    private readonly world: SVGGElement,
    private readonly frame: { width: number; height: number },
    private readonly moved: () => void,
  ) {
    this.apply();
  }

  /** Zooms about a point in frame units. */
  by(factor: number, x = this.frame.width / 2, y = this.frame.height / 2): void {
    const k = Math.min(MOST, Math.max(1, this.k * factor));
    this.set(k, x - ((x - this.x) * k) / this.k, y - ((y - this.y) * k) / this.k);
  }

  /** Moves by frame units. */
  pan(dx: number, dy: number): void {
    this.set(this.k, this.x + dx, this.y + dy);
  }

  whole(): void {
    this.glide(1, 0, 0);
  }

  /** Shows a box with some land around it. */
  to(box: Box): void {
    const { width, height } = this.frame;
    const wide = Math.max(box[2] - box[0], width / MOST) * 1.5;
    const high = Math.max(box[3] - box[1], height / MOST) * 1.5;
    const k = Math.min(10, Math.max(1, Math.min(width / wide, height / high)));
    this.glide(k, width / 2 - (k * (box[0] + box[2])) / 2, height / 2 - (k * (box[1] + box[3])) / 2);
  }

  /** Brings a point into view where it is outside. */
  reveal(point: readonly [number, number]): void {
    const [x, y] = this.toFrame(point);
    const { width, height } = this.frame;
    const inside = x > width * 0.06 && x < width * 0.94 && y > height * 0.06 && y < height * 0.94;
    if (!inside && this.k > 1) this.set(this.k, this.x + width / 2 - x, this.y + height / 2 - y);
  }

  /** From frame units to map units. */
  toMap(x: number, y: number): [number, number] {
    return [(x - this.x) / this.k, (y - this.y) / this.k];
  }

  toFrame([x, y]: readonly [number, number]): [number, number] {
    return [x * this.k + this.x, y * this.k + this.y];
  }

  private glide(k: number, x: number, y: number): void {
    cancelAnimationFrame(this.animation);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.set(k, x, y);
    const from = { k: this.k, x: this.x, y: this.y };
    const start = performance.now();
    const step = (now: number): void => {
      const t = Math.min(1, (now - start) / 220);
      const e = 1 - (1 - t) ** 3;
      this.set(from.k + (k - from.k) * e, from.x + (x - from.x) * e, from.y + (y - from.y) * e, false);
      if (t < 1) this.animation = requestAnimationFrame(step);
    };
    this.animation = requestAnimationFrame(step);
  }

  private set(k: number, x: number, y: number, stop = true): void {
    if (stop) cancelAnimationFrame(this.animation);
    const { width, height } = this.frame;
    this.k = k;
    // At least half of the frame stays filled, so that the map cannot be lost.
    const spare = k > 1 ? 0.4 : 0;
    this.x = Math.min(width * spare, Math.max(width * (1 - spare) - width * k, x));
    this.y = Math.min(height * spare, Math.max(height * (1 - spare) - height * k, y));
    this.apply();
  }

  private apply(): void {
    const round = (value: number): number => Math.round(value * 100) / 100;
    setAttribute(this.world, "transform", `translate(${round(this.x)} ${round(this.y)}) scale(${Math.round(this.k * 1000) / 1000})`);
    this.moved();
  }
}
