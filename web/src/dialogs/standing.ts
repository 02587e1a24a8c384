/** The best that a running task has come to: searches begin again and again, and each tells its own value, so what is told may be worse than what was. */
import type { Progress } from "../types";

/** One plan as far as it is told: its number of lots and its goals. */
interface Told {
  lots: number | null;
  values: Map<string, number>;
}

/** So many words in a row about one goal are of one search: fewer may be of another than that which told the goals before it. */
const IN_A_ROW = 4;

export interface Shown {
  lots: number | null;
  goals: { name: string; value: number; unit: string }[];
  bound: number | null;
  /** Of the bound. */
  unit: string;
  gap: number | null;
}

export class Standing {
  private top: Told = { lots: null, values: new Map() };
  private run: Told = { lots: null, values: new Map() };
  private row = { measure: "", best: 0, lots: null as number | null, many: 0 };
  private readonly bounds = new Map<string, number>();
  private readonly units = new Map<string, string>();

  /** `order` are the names of the goals, the first first; `most` where more lots are better. */
  constructor(
    private readonly order: readonly string[],
    private readonly most: boolean,
  ) {}

  hear(progress: Progress): void {
    const { measure, best, bound, lots } = progress;
    if (!measure) return;
    this.units.set(measure, progress.unit ?? "");
    // What is proved is of the best plan of all, whatever the searches before were taken for.
    if (progress.phase === "prove" && typeof best === "number" && best > (this.top.values.get(measure) ?? best) && measure !== "lots") this.top.values.set(measure, best);
    if (typeof best === "number") this.hearBest(measure, best, lots ?? null, progress.phase === "prove");
    else this.run = { lots: null, values: new Map() };
    // A bound of nought says nothing but of a value that is nought.
    if (typeof bound === "number" && (bound !== 0 || this.top.values.get(measure) === 0)) this.bounds.set(measure, bound);
  }

  /** The figures to show: all goals that the best plan is known in, in their order, and how far the last of them may still fall. */
  get shown(): Shown {
    const { top } = this;
    const known = this.measures().filter((name) => top.values.has(name));
    const goals = known.filter((name) => name !== "lots").map((name) => ({ name, value: top.values.get(name) ?? 0, unit: this.units.get(name) ?? "" }));
    const last = known.at(-1) ?? "lots";
    const [best, bound] = [top.values.get(last), this.bounds.get(last) ?? null];
    const gap = best === undefined || bound === null ? null : best === bound ? 0 : best === 0 ? null : Math.abs(best - bound) / Math.abs(best);
    return { lots: top.lots, goals, bound, unit: this.units.get(last) ?? "", gap };
  }

  /** Lots first, then the goals; what is none of them, such as the people whom a repair moves, before all. */
  private measures(): string[] {
    const known = ["lots", ...this.order.filter((name) => name !== "lots")];
    return [...[...this.units.keys()].filter((name) => !known.includes(name)), ...known];
  }

  private hearBest(measure: string, best: number, lots: number | null, proving: boolean): void {
    const { row } = this;
    const on = row.measure === measure && row.lots === lots && best <= row.best;
    this.row = { measure, best, lots, many: on ? row.many + 1 : 1 };
    const goal = this.order.filter((name) => name !== "lots").indexOf(measure);
    if (goal > 0 && !proving && this.row.many < IN_A_ROW) return;
    const { run } = this;
    const old = run.values.get(measure);
    // One search never gets worse: where the value does, another has begun.
    const another = (old !== undefined && (measure === "lots" && this.most ? best < old : best > old)) || (this.most && lots !== null && run.lots !== null && lots < run.lots);
    if (another || run.lots !== lots) run.values.clear();
    if (old !== best) this.forget(run, measure);
    run.lots = lots;
    if (lots !== null) run.values.set("lots", lots);
    run.values.set(measure, best);
    if (this.better()) {
      this.loosen();
      this.top = { lots: run.lots, values: new Map(run.values) };
    }
  }

  /** Whether the search at hand is known to have come further than the best so far. */
  private better(): boolean {
    const { run, top } = this;
    if (top.values.size === 0) return true;
    for (const name of this.measures()) {
      if (name === "lots" && !this.most) continue;
      const [mine, best] = [run.values.get(name), top.values.get(name)];
      if (mine === undefined) return false;
      if (best === undefined) return true;
      if (mine === best) continue;
      return name === "lots" ? mine > best : mine < best;
    }
    return false;
  }

  /** Bounds of a goal hold for plans that are as good in the goals before it; where those got better, they say nothing more. */
  private loosen(): void {
    const changed = this.measures().find((name) => this.run.values.get(name) !== this.top.values.get(name));
    const after = changed === undefined ? [] : this.measures().slice(this.measures().indexOf(changed) + 1);
    for (const name of after) this.bounds.delete(name);
  }

  private forget(told: Told, measure: string): void {
    const all = this.measures();
    for (const name of all.slice(all.indexOf(measure) + 1)) if (name !== "lots") told.values.delete(name);
  }
}
