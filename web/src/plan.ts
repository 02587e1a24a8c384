/** The plan on the desk: which lot holds which seat, what each lot adds up to, what is locked, and which lot and brush are in hand. */
import { say, tell } from "./bus";
import { change, noteLink, sendStroke, unsent, waiting } from "./queue";
import { Refused, get } from "./api";
import { Sums } from "./sums";
import { list, plural } from "./format";
import { sizeIn, type Size } from "./size";
import type { Desk, Lot, Setting, State, StrokeBody } from "./types";

export const NONE = -1;

export class Plan {
  readonly lotOfSeat: Int32Array;
  readonly sums: Sums;
  lots: Lot[];
  state: State;
  settings: Setting[];
  locked = new Set<number>();
  active: number | null = 0;
  brush = "area";
  /** What the optimiser shows while it runs; nothing is painted meanwhile. */
  preview: { lotOfSeat: Int32Array; lots: Lot[] } | null = null;
  /** Where page and program counted differently; the figures shown are the program's. */
  disagreement: string | null = null;
  private strokes = 0;

  constructor(readonly desk: Desk) {
    this.state = desk.state;
    this.settings = desk.settings;
    this.lots = desk.state.lots;
    this.lotOfSeat = seatsOf(desk.state.lot_of_seat ?? [], desk.seats.length);
    this.locked = new Set(desk.state.locked_seats);
    this.sums = new Sums(desk);
    this.active = this.lots.length > 0 ? 0 : null;
    // Where the scenario moves groups as a whole, so does the hand at first.
    if (desk.brushes.some((brush) => brush.key === "unit")) this.brush = "unit";
    for (const stroke of unsent(desk.folder)) this.paintAndSend(stroke, stroke.id);
  }

  /** The lot that the map shows an area in: that of its largest seat. */
  lotOfArea(area: number, plan: ArrayLike<number> = this.preview?.lotOfSeat ?? this.lotOfSeat): number {
    const seats = this.desk.areas[area]?.seats ?? [];
    let best = -1;
    for (const seat of seats) if (best < 0 || this.share(seat) > this.share(best)) best = seat;
    return best < 0 ? NONE : (plan[best] ?? NONE);
  }

  /** A second lot that holds a part of the area, or -2 where one holds it whole. */
  secondLotOfArea(area: number, plan: ArrayLike<number> = this.preview?.lotOfSeat ?? this.lotOfSeat): number {
    const first = this.lotOfArea(area, plan);
    const other = (this.desk.areas[area]?.seats ?? []).find((seat) => plan[seat] !== first);
    return other === undefined ? -2 : (plan[other] ?? NONE);
  }

  /** How sizes are told under the settings of now. */
  get size(): Size {
    return sizeIn(this.state.totals);
  }

  shownLots(): Lot[] {
    return this.preview?.lots ?? this.lots;
  }

  share(seat: number): number {
    return this.desk.seats[seat]?.share ?? 0;
  }

  /** The seats that the brush takes at an area. */
  reach(area: number): { name: string; seats: number[] } {
    const own = this.desk.areas[area];
    if (!own) return { name: "", seats: [] };
    if (this.brush === "unit") {
      const units = new Set(own.seats.map((seat) => this.desk.seats[seat]?.unit ?? 0));
      const all = [...units].flatMap((unit) => this.desk.units[unit]?.seats ?? []);
      return { name: [...units].map((unit) => this.desk.units[unit]?.name ?? "").join(" and "), seats: all };
    }
    const groups = this.desk.brushes.find((brush) => brush.key === this.brush)?.groups;
    const group = groups?.find((one) => one.seats.some((seat) => own.seats.includes(seat)));
    return group ?? { name: own.name, seats: own.seats };
  }

  /** The seats among these that a stroke to the lot would move. */
  movable(seats: readonly number[], lot: number | null): number[] {
    const target = lot ?? NONE;
    return seats.filter((seat) => !this.isLocked(seat) && this.lotOfSeat[seat] !== target);
  }

  isLocked(seat: number): boolean {
    const lot = this.lotOfSeat[seat] ?? NONE;
    return this.locked.has(seat) || (lot >= 0 && this.lots[lot]?.locked === true);
  }

  /** Paints seats on the page alone, as a brush does while it sweeps; answers what they were. */
  paint(seats: readonly number[], lot: number | null): number[] {
    const before = seats.map((seat) => this.lotOfSeat[seat] ?? NONE);
    this.put(seats, seats.map(() => lot ?? NONE));
    return before;
  }

  /** Takes painted seats back. */
  unpaint(seats: readonly number[], before: readonly number[]): void {
    this.put(seats, before);
  }

  private put(seats: readonly number[], lots: readonly number[]): void {
    const touched = new Set<number>(lots);
    seats.forEach((seat, index) => {
      touched.add(this.lotOfSeat[seat] ?? NONE);
      this.lotOfSeat[seat] = lots[index] ?? NONE;
    });
    this.recount(touched);
    const areas = new Set(seats.map((seat) => this.desk.seats[seat]?.area ?? 0));
    tell("plan", { areas: [...areas] });
  }

  /** Gives seats to a lot: shown at once, sent behind. One stroke is one undo. */
  stroke(seats: readonly number[], lot: number | null): void {
    if (this.preview) {
      say("The optimiser is at work: stop it to move areas.");
      return tell("plan", { areas: seats.map((seat) => this.desk.seats[seat]?.area ?? 0) });
    }
    const moved = this.movable(seats, lot);
    if (moved.length === 0) {
      const held = seats.some((seat) => this.isLocked(seat) && this.lotOfSeat[seat] !== (lot ?? NONE));
      say(held ? "Locked: nothing moved. Press K or Q to unlock." : "Nothing moved: it is in that lot already.");
      return;
    }
    this.paint(moved, lot);
    this.commit(moved, lot);
  }

  /** Sends what is painted already. */
  commit(seats: readonly number[], lot: number | null): void {
    const id = lot === null ? null : (this.lots[lot]?.lot_id ?? null);
    this.strokes += 1;
    this.transmit({ seats: [...seats], lot: id }, `${Date.now().toString(36)}-${this.strokes}`);
  }

  /** Does what a fix proposes. */
  fix(stroke: StrokeBody): void {
    this.paintAndSend(stroke, `${Date.now().toString(36)}-f${++this.strokes}`);
  }

  private paintAndSend(stroke: StrokeBody, id: string): void {
    this.replay(stroke);
    this.transmit({ seats: stroke.seats, lot: stroke.lot }, id);
  }

  private replay(stroke: StrokeBody): void {
    if (typeof stroke.lot === "string") {
      const lot = this.lots.findIndex((one) => one.lot_id === stroke.lot);
      if (lot >= 0) this.paint(stroke.seats, lot);
    } else if (stroke.lot === null) this.paint(stroke.seats, null);
  }

  private transmit(stroke: StrokeBody, id: string): void {
    sendStroke({ ...stroke, id }, () => this.state.revision).then(
      (state) => {
        this.take(state, true);
        if (waiting().length === 0 && state.history.undo) say(state.history.undo);
      },
      (fault: unknown) => this.refused(fault),
    );
  }

  /** Asks the program for a change and shows what it answers. */
  async ask(path: string, body: unknown): Promise<boolean> {
    try {
      const answer = await change<State | { state: State; settings: Setting[] }>(path, body);
      this.receive(answer);
      return true;
    } catch (fault) {
      this.refused(fault);
      return false;
    }
  }

  /** Takes an answer that carries a state, with settings or without. */
  receive(answer: State | { state: State; settings?: Setting[] }): void {
    if ("state" in answer) {
      if (answer.settings) this.settings = answer.settings;
      this.take(answer.state, false);
      if (answer.settings) tell("settings", {});
    } else this.take(answer, false);
  }

  private refused(fault: unknown): void {
    const words = fault instanceof Refused ? fault.message : String(fault);
    tell("say", { words: `The program refused: ${words}`, urgent: true });
    get<State>("/api/state").then((state) => this.take(state, false), () => noteLink(false));
  }

  /** Puts the program's state in the place of the page's, unless strokes still wait behind it. */
  take(state: State, counted: boolean): void {
    const ahead = waiting();
    if (!state.lot_of_seat && ahead.length > 0) {
      this.state = { ...this.state, revision: state.revision, cursor: state.cursor, entries: state.entries };
      return;
    }
    this.disagreement = counted && ahead.length === 0 ? this.differs(state) : null;
    this.state = state;
    this.sums.totals = state.totals;
    this.lots = state.lots;
    this.locked = new Set(state.locked_seats);
    const areas = state.lot_of_seat ? this.moveTo(state.lot_of_seat) : [];
    if (this.active !== null && this.active >= this.lots.length) this.choose(this.lots.length > 0 ? this.lots.length - 1 : null);
    for (const stroke of ahead) this.replay(stroke);
    tell("plan", { areas });
  }

  /** Moves seats to the lots of a state; answers the areas that changed. */
  private moveTo(lots: readonly (number | null)[]): number[] {
    const areas = new Set<number>();
    lots.forEach((lot, seat) => {
      const target = lot ?? NONE;
      if (this.lotOfSeat[seat] === target) return;
      this.lotOfSeat[seat] = target;
      areas.add(this.desk.seats[seat]?.area ?? 0);
    });
    return [...areas];
  }

  private differs(state: State): string | null {
    for (const [index, lot] of state.lots.entries()) {
      const own = this.sums.of(this.lotOfSeat, index);
      if (lot.areas !== own.areas || Math.round(lot.volume * 1000) !== own.milli)
        return `The page counted ${plural(own.milli / 1000, "person", "people")} in lot ${lot.lot_id}, the program ${plural(lot.volume, "person", "people")}. The program's figures are shown.`;
      if (own.pieces !== null && own.areas > 0 && lot.pieces !== own.pieces)
        return `The page counted ${plural(own.pieces, "piece")} in lot ${lot.lot_id}, the program ${lot.pieces}. The program's figures are shown.`;
    }
    return null;
  }

  private recount(lots: Iterable<number>): void {
    const copy = [...this.lots];
    for (const index of lots) {
      const lot = copy[index];
      if (!lot) continue;
      copy[index] = this.withSum(lot, index, this.lotOfSeat);
    }
    this.lots = copy;
  }

  /** A lot with its figures counted anew in the page. */
  withSum(lot: Lot, index: number, plan: ArrayLike<number>): Lot {
    const sum = this.sums.of(plan, index);
    const value = this.sums.pence(sum.milli) / 100;
    const floor = this.floor();
    const margin = floor === null ? lot.floor_margin_gbp : value - floor;
    const pieces = sum.pieces ?? lot.pieces;
    const counted: Lot = {
      ...lot, pieces, areas: sum.areas, volume: sum.milli / 1000,
      participants: this.sums.participants(sum.milli), contract_value_gbp: value, floor_margin_gbp: margin,
    };
    return { ...counted, ...judge(counted, this.state) };
  }

  /** The floor in pounds, or null where the scenario has none. */
  floor(): number | null {
    if (this.state.floor_gbp !== undefined) return this.state.floor_gbp;
    const lot = this.state.lots.find((one) => one.floor_margin_gbp !== null);
    return lot ? lot.contract_value_gbp - (lot.floor_margin_gbp ?? 0) : null;
  }

  /** The floor as a size of lots, or null where there is none of that kind. */
  floorSize(): number | null {
    const { participants_floor: least, totals } = this.state;
    if (this.size.money) return this.floor();
    return typeof least === "number" && totals.participants > 0 ? (least * totals.volume) / totals.participants : null;
  }

  choose(lot: number | null): void {
    if (this.active === lot) return;
    this.active = lot;
    tell("active", { lot });
  }

  pickBrush(key: string): void {
    this.brush = key;
    tell("brush", { key });
  }
}

/** A lot plan as whole numbers, NONE for no lot. */
export function seatsOf(lots: readonly (number | null)[], seats: number): Int32Array {
  const plan = new Int32Array(seats).fill(NONE);
  lots.forEach((lot, seat) => (plan[seat] = lot ?? NONE));
  return plan;
}

/** How a lot stands by what the page can count; the program's word follows behind. */
function judge(lot: Lot, state: State): { status: string; words: string } {
  if (lot.areas === 0) return { status: "empty", words: "Empty" };
  const told: { status: string; words: string }[] = [];
  const { participants_floor: least, participants_cap: most, cap_gbp: cap } = state;
  const short = (lot.floor_margin_gbp ?? 0) < 0 || (typeof least === "number" && lot.participants < least);
  const over = (typeof cap === "number" && lot.contract_value_gbp > cap) || (typeof most === "number" && lot.participants > most);
  if (short) told.push({ status: "below_floor", words: "Below floor" });
  if (over) told.push({ status: "above_cap", words: "Above cap" });
  if (lot.pieces > 1 && state.contiguous !== false) told.push({ status: "pieces", words: `${lot.pieces} pieces` });
  if (lot.cuts.length > 0) told.push({ status: "cuts_deal", words: `Cuts ${list(lot.cuts, 2)}` });
  return { status: told[0]?.status ?? "ok", words: told.map((one) => one.words).join(", ") || "OK" };
}
