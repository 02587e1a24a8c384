/** What the optimiser found, as a difference to look at: adopt all, adopt some, or discard. */
import { say, tell } from "../bus";
import { h, replace } from "../dom";
import { plural } from "../format";
import { NONE, type Plan } from "../plan";
import type { Size } from "../size";
import { Still, movedAreas, still } from "../map/still";
import type { Move, Proposal } from "../types";
import { metrics, metricsTable, movesTable } from "./moves";

export class ReviewView {
  readonly view = h("section", { class: "view page review-view", "aria-labelledby": "review-title" });

  constructor(
    private readonly plan: Plan,
    private readonly done: () => void,
  ) {}

  fill(proposal: Proposal, kind: string): void {
    const plan = this.plan;
    const before = { lotOfSeat: plan.lotOfSeat, lots: plan.lots };
    const after = still(proposal.lots, proposal.lot_of_seat);
    const moved = movedAreas(plan, before, after);
    const picked = new Set(proposal.moves.map((_, index) => index));
    const title = h("h2", { id: "review-title", tabindex: -1 }, titleOf(kind, proposal));
    const sub = h("p", { class: "lead" }, whatMoves(proposal, plan.size));
    const now = new Still(plan, "Now");
    // Where every area changes, hatching would tell nothing apart and hide the lots.
    const all = moved.length === plan.desk.areas.length;
    const then = new Still(plan, all ? "Proposed: every area changes" : "Proposed, what changes hatched");
    now.show(before, [], "");
    then.show(after, all ? [] : moved, "&proposal=yes");
    const columns = [
      { title: "Now", rows: metrics(plan.size, before.lots, openSeats(before.lotOfSeat)) },
      { title: "Proposed", rows: metrics(plan.size, after.lots, openSeats(after.lotOfSeat)) },
    ];
    const table = movesTable(plan, proposal.moves, ["From", "To"], picked);
    replace(this.view, title, sub, this.buttons(proposal, picked, table), h("div", { class: "stills two" }, now.figure, then.figure),
      h("div", { class: "columns" }, h("div", {}, h("h3", {}, "Side by side"), metricsTable(columns), h("p", { class: "hint" }, "The same from a terminal:"), h("pre", { class: "code", tabindex: 0 }, proposal.command)), h("div", {}, h("h3", {}, "Moves"), table)));
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
    if (!(await this.plan.ask("/api/adopt", { proposal: proposal.id, seats }))) return;
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
    replace(this.view);
    tell("task", {});
    this.done();
    document.getElementById("map")?.focus({ preventScroll: true });
  }
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
