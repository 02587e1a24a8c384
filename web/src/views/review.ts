/** What the optimiser found, as a difference to look at: adopt all, adopt some, or discard. */
import { on, say, tell } from "../bus";
import { h, replace } from "../dom";
import { plural } from "../format";
import { NONE, type Plan } from "../plan";
import type { Size } from "../size";
import { Still, movedAreas, still } from "../map/still";
import type { Move, Proposal } from "../types";
import { goalRows, verdict, wantsLots, type GoalFigure } from "./goals";
import { metrics, metricsTable, movesTable } from "./moves";

/** The proposal that waits, with the plan that it was made for. */
interface Waiting {
  moves: number;
  before: Int32Array;
  lots: string;
  settings: string;
}

export class ReviewView {
  readonly view = h("section", { class: "view page review-view", "aria-labelledby": "review-title" });
  private waiting: Waiting | null = null;
  private open = false;
  private adopting = false;

  constructor(
    private readonly plan: Plan,
    private readonly done: () => void,
  ) {
    on("plan", () => this.tellWaiting());
    on("task", () => this.tellWaiting());
    on("settings", () => this.tellWaiting());
    on("view", ({ name }) => (this.open = name === "review"));
  }

  /** Says whether the proposal can be looked at: it is of the plan that it was made for, which undo may bring back. */
  private tellWaiting(): void {
    const fresh = this.waiting !== null && this.isFresh(this.waiting);
    const shown = fresh && this.plan.preview === null;
    tell("proposal", { words: shown ? proposalWords(this.waiting?.moves ?? 0) : null });
    if (!this.open || fresh || this.adopting) return;
    say("Your plan is another now: the proposal waits until undo brings back the one that it was made for");
    this.done();
  }

  private isFresh(waiting: Waiting): boolean {
    const now = this.plan.lotOfSeat;
    return waiting.before.every((lot, seat) => lot === now[seat]) && waiting.lots === namesOf(this.plan) && waiting.settings === settingsOf(this.plan);
  }

  /** Shows a proposal with the goals that it reaches. */
  fill(proposal: Proposal, kind: string, goals: readonly GoalFigure[]): void {
    const plan = this.plan;
    this.waiting = { moves: proposal.moves.length, before: plan.lotOfSeat.slice(), lots: namesOf(plan), settings: settingsOf(plan) };
    const before = { lotOfSeat: plan.lotOfSeat, lots: plan.lots };
    const after = still(proposal.lots, proposal.lot_of_seat);
    const moved = movedAreas(plan, before, after, true);
    const picked = new Set(proposal.moves.map((_, index) => index));
    const title = h("h2", { id: "review-title", tabindex: -1 }, titleOf(kind, proposal));
    const sub = h("p", { class: "lead" }, whatMoves(proposal, plan.size));
    const now = new Still(plan, "Now");
    // Where many areas move, hatching would hide the lots.
    const light = moved.length > plan.desk.areas.length / 3;
    const then = new Still(plan, moved.length === 0 ? "Proposed" : `Proposed, what moves from its lot ${light ? "outlined" : "hatched"}`);
    now.show(before, [], "");
    then.show(after, moved, "&proposal=yes", light);
    const mine = plan.state.goals;
    const theirs = mine.flatMap((one) => goals.filter((goal) => goal.name === one.name));
    const columns = [
      { title: "Now", rows: [...metrics(plan.size, before.lots, openSeats(before.lotOfSeat)), ...goalRows(mine)] },
      { title: "Proposed", rows: [...metrics(plan.size, after.lots, openSeats(after.lotOfSeat)), ...goalRows(theirs)] },
    ];
    const worse = verdict(mine, theirs, wantsLots(plan), { areas: plan.state.unassigned.areas, problems: plan.state.problems.filter((one) => one.rule !== "assigned").length });
    const table = movesTable(plan, proposal.moves, ["From", "To"], picked);
    replace(this.view, title, sub, worse ? h("p", { class: "notice worse" }, worse) : null, this.buttons(proposal, picked, table), h("div", { class: "stills two" }, now.figure, then.figure),
      h("div", { class: "columns" }, h("div", {}, h("h3", {}, "Side by side"), metricsTable(columns), h("p", { class: "hint" }, "The same from a terminal:"), h("pre", { class: "code", tabindex: 0 }, proposal.command)), h("div", {}, h("h3", {}, "Moves"), table)));
    this.tellWaiting();
    requestAnimationFrame(() => title.focus());
  }

  private buttons(proposal: Proposal, picked: Set<number>, table: HTMLElement): HTMLElement {
    const none = proposal.moves.length === 0;
    const all = h("button", { type: "button", class: "button", disabled: none, onclick: () => void this.adopt(proposal, null) }, "Adopt all");
    const some = h("button", { type: "button", class: "button quiet", disabled: none, onclick: () => void this.adopt(proposal, picked) }, "Adopt chosen");
    const clear = h("button", { type: "button", class: "button quiet", disabled: none, onclick: () => this.clear(picked, table) }, "Choose none");
    const discard = h("button", { type: "button", class: "button quiet", onclick: () => this.discard() }, "Discard");
    return h("p", { class: "buttons" }, all, some, clear, discard);
  }

  private clear(picked: Set<number>, table: HTMLElement): void {
    picked.clear();
    for (const box of table.querySelectorAll<HTMLInputElement>("input[type=checkbox]")) box.checked = false;
    say("No move is chosen");
  }

  private discard(): void {
    say("Discarded: your plan is as it was");
    this.leave();
  }

  private async adopt(proposal: Proposal, picked: Set<number> | null): Promise<void> {
    if (picked && picked.size === 0) return say("Choose at least one move");
    const seats = picked ? this.seatsOf(proposal, picked) : null;
    this.adopting = true;
    const adopted = await this.plan.ask("/api/adopt", { proposal: proposal.id, seats });
    this.adopting = false;
    if (!adopted) return this.tellWaiting();
    say(picked ? `${plural(picked.size, "move")} adopted` : "Adopted");
    this.leave();
  }

  /** Seats of the chosen moves: those of the area that change to that lot. */
  private seatsOf(proposal: Proposal, picked: Set<number>): number[] {
    return [...picked].flatMap((index) => {
      const move = proposal.moves[index];
      if (move?.seats) return move.seats;
      const seats = move ? (this.plan.desk.areas[move.area]?.seats ?? []) : [];
      return seats.filter((seat) => {
        const to = proposal.lots[proposal.lot_of_seat[seat] ?? NONE]?.lot_id ?? null;
        return to === move?.to && this.plan.lots[this.plan.lotOfSeat[seat] ?? NONE]?.lot_id !== to;
      });
    });
  }

  private leave(): void {
    this.waiting = null;
    replace(this.view);
    tell("task", {});
    this.done();
    document.getElementById("map")?.focus({ preventScroll: true });
  }
}

/** What the tab of a proposal says. */
export function proposalWords(moves: number): string {
  return moves === 0 ? "Proposal: no move" : `Proposal: ${plural(moves, "move")}`;
}

function namesOf(plan: Plan): string {
  return plan.lots.map((lot) => lot.lot_id).join("\n");
}

function settingsOf(plan: Plan): string {
  return JSON.stringify(plan.settings.map((setting) => setting.value));
}

/** What adopting would do: areas that change their lot, and areas placed that are in none. */
export function whatMoves(proposal: Pick<Proposal, "moves">, size: Size): string {
  const told = (moves: readonly Move[], one: string, many: string): string[] => {
    if (moves.length === 0) return [];
    const areas = new Set(moves.map((move) => move.area)).size;
    const people = moves.reduce((sum, move) => sum + move.volume, 0);
    const worth = size.money ? `, ${size.words(moves.reduce((sum, move) => sum + size.of(move), 0))}` : "";
    return [`${plural(areas, "area")} ${areas === 1 ? one : many} (${plural(people, "person", "people")}${worth})`];
  };
  const placed = told(proposal.moves.filter((move) => move.from === null), "that is in no lot is placed", "that are in no lot are placed");
  const moved = told(proposal.moves.filter((move) => move.from !== null), "moves from its lot", "move from their lots");
  if (placed.length + moved.length === 0) return "Your plan stays as it is.";
  return `${[...placed, ...moved].join(", ")}. Nothing has changed yet.`;
}

export function titleOf(kind: string, proposal: Pick<Proposal, "moves">): string {
  const found = proposal.moves.length === 0 ? "nothing better found" : "a proposal";
  return `${{ solve: "Solve from here", finish: "Finish the rest", repair: "Repair with least change" }[kind] ?? "Optimise"}: ${found}`;
}

function openSeats(plan: ArrayLike<number>): number {
  return Array.from(plan).filter((lot) => lot === NONE).length;
}
