/** What a lot adds up to, counted in the page: volume in thousandths of a person, money in pence, pieces by neighbours of units. */
import type { Desk, Totals } from "./types";

export interface Sum {
  milli: number;
  areas: number;
  /** Null where a unit lies in several lots: then the program alone can tell. */
  pieces: number | null;
}

export class Sums {
  readonly milli: number[];
  readonly totalMilli: number;
  /** What all lots share; the settings may change it. */
  totals: Totals;
  private readonly mark: Int32Array;
  private readonly unitLots: Int32Array;
  private round = 0;

  constructor(private readonly desk: Desk) {
    this.milli = desk.seats.map((seat) => Math.round(seat.volume * 1000));
    this.totals = desk.state.totals;
    this.totalMilli = Math.round(this.totals.volume * 1000);
    this.mark = new Int32Array(desk.units.length);
    this.unitLots = new Int32Array(desk.units.length);
  }

  /** Counts one lot of a plan. */
  of(lotOfSeat: ArrayLike<number>, lot: number): Sum {
    const areas = new Set<number>();
    const units = new Set<number>();
    let milli = 0;
    for (let seat = 0; seat < lotOfSeat.length; seat++) {
      if (lotOfSeat[seat] !== lot) continue;
      const place = this.desk.seats[seat];
      if (!place) continue;
      milli += this.milli[seat] ?? 0;
      areas.add(place.area);
      units.add(place.unit);
    }
    return { milli, areas: areas.size, pieces: this.pieces(lotOfSeat, lot, units) };
  }

  /** Whole pence of a volume: envelope × share, halves up. */
  pence(milli: number): number {
    return this.part(this.totals.contract_value_gbp * 100, milli);
  }

  participants(milli: number): number {
    return (this.totals.participants * milli) / Math.max(1, this.totalMilli);
  }

  private part(whole: number, milli: number): number {
    if (this.totalMilli === 0) return 0;
    const total = BigInt(this.totalMilli);
    return Number((BigInt(Math.round(whole)) * BigInt(milli) * 2n + total) / (2n * total));
  }

  private pieces(lotOfSeat: ArrayLike<number>, lot: number, units: Set<number>): number | null {
    for (const unit of units) {
      const seats = this.desk.units[unit]?.seats ?? [];
      if (seats.some((seat) => lotOfSeat[seat] !== lot)) return null;
    }
    this.round += 1;
    for (const unit of units) this.unitLots[unit] = this.round;
    let pieces = 0;
    const stack: number[] = [];
    for (const start of units) {
      if (this.mark[start] === this.round) continue;
      pieces += 1;
      this.mark[start] = this.round;
      stack.push(start);
      for (let unit = stack.pop(); unit !== undefined; unit = stack.pop()) {
        for (const next of this.desk.neighbours[unit] ?? []) {
          if (this.unitLots[next] !== this.round || this.mark[next] === this.round) continue;
          this.mark[next] = this.round;
          stack.push(next);
        }
      }
    }
    return pieces;
  }
}
