/** The optimiser: what to ask it, how far it is while the map shows its best plan, and when to stop it. */
import { Gone, Refused, post, stream } from "../api";
import { say, tell } from "../bus";
import { h, replace, s, setAttribute, setText } from "../dom";
import { duration, figure, percent } from "../format";
import { seatsOf, type Plan } from "../plan";
import { noteLink, waiting } from "../queue";
import type { Finding, Lot, Progress, Proposal, TaskDone } from "../types";
import { wantsLots, type GoalFigure } from "../views/goals";
import { openDialog } from "./dialog";
import { Standing } from "./standing";

const KINDS = [
  { kind: "solve", label: "Solve from here", words: "Look for the best plan of all, beginning with yours." },
  { kind: "finish", label: "Finish the rest", words: "Place what is in no lot; leave everything else where it is." },
  { kind: "repair", label: "Repair with least change", words: "Keep every rule again and move the fewest people." },
] as const;

export type Kind = (typeof KINDS)[number]["kind"];

/** Why there is no proposal. */
interface Failure {
  title: string;
  lead: string | null;
  findings: readonly Finding[];
}

export class Tasks {
  readonly panel = h("section", { class: "task", hidden: true, "aria-label": "Optimiser" });
  private stopper: AbortController | null = null;

  constructor(
    private readonly plan: Plan,
    private readonly begun: () => void,
    private readonly review: (proposal: Proposal, kind: Kind, goals: readonly GoalFigure[]) => void,
  ) {}

  /** Asks what to do and for how long. */
  open(first: Kind): void {
    if (this.stopper) return say("The optimiser is at work already");
    openDialog({ title: "Ask the optimiser" }, (close) => {
      const radios = KINDS.map(({ kind, label, words }) => {
        const input = h("input", { type: "radio", name: "kind", id: `kind-${kind}`, value: kind, checked: kind === first, "aria-describedby": `kind-${kind}-words` });
        return h("div", { class: "radio" }, input, h("label", { for: input.id }, label), h("p", { class: "hint", id: `kind-${kind}-words` }, words));
      });
      const limit = h("input", { type: "number", id: "limit", class: "input narrow", min: 1, max: 3600, value: 30, required: true });
      const start = (event: Event): void => {
        event.preventDefault();
        const kind = (new FormData(event.target as HTMLFormElement).get("kind") ?? first) as Kind;
        close();
        void this.run(kind, limit.valueAsNumber);
      };
      return h("form", { onsubmit: start }, h("fieldset", {}, h("legend", { class: "heard" }, "What to do"), ...radios),
        h("p", { class: "row" }, h("label", { for: "limit" }, "Seconds at most"), limit),
        h("p", { class: "hint" }, "Locked lots and areas stay. You can stop at any time and keep the best; the result is shown as a difference first."),
        h("p", { class: "buttons" }, h("button", { class: "button" }, "Start")));
    });
  }

  private async run(kind: Kind, seconds: number): Promise<void> {
    while (waiting().length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const stopper = new AbortController();
    this.stopper = stopper;
    const board = new Board(KINDS.find((one) => one.kind === kind)?.label ?? "", seconds, () => void this.stop(), this.standing());
    replace(this.panel, board.element);
    this.panel.hidden = false;
    document.body.toggleAttribute("data-task", true);
    this.begun();
    this.plan.preview = { lotOfSeat: this.plan.lotOfSeat.slice(), lots: this.plan.lots };
    tell("task", {});
    say(`${board.title}: at work`);
    let done: TaskDone | null = null as TaskDone | null;
    let failure: Failure | null = null;
    try {
      await stream("/api/tasks", { kind, time_limit_s: seconds }, (event, data) => {
        if (event === "progress") board.show(data as Progress);
        else if (event === "plan") this.show(data as { lot_of_seat: (number | null)[]; lots: Lot[] });
        else if (event === "done") done = data as TaskDone;
        else if (event === "failed") failure = failed((data as { findings?: Finding[] }).findings ?? [{ message: "The task failed." }]);
      }, stopper.signal);
      if (!done?.proposal && !failure) failure = whyNone(done);
    } catch (fault) {
      failure = failed(fault instanceof Refused ? fault.findings : [{ message: "The program stopped answering. Your plan is as it was." }]);
      if (fault instanceof Gone) noteLink(false);
    }
    this.end(kind, done, failure);
  }

  private standing(): Standing {
    return new Standing(this.plan.state.goals.map((goal) => goal.name), wantsLots(this.plan));
  }

  private show(better: { lot_of_seat: (number | null)[]; lots: Lot[] }): void {
    const many = (lots: readonly Lot[]): number => lots.filter((lot) => lot.areas > 0).length;
    // A search that begins again tells plans of its own, which may be worse than the one shown.
    const known = this.plan.preview?.lots;
    if (wantsLots(this.plan) && known && known !== this.plan.lots && many(better.lots) < many(known)) return;
    this.plan.preview = { lotOfSeat: seatsOf(better.lot_of_seat, this.plan.desk.seats.length), lots: better.lots };
    tell("task", {});
  }

  private end(kind: Kind, done: TaskDone | null, failure: Failure | null): void {
    this.stopper = null;
    this.plan.preview = null;
    this.panel.hidden = true;
    document.body.toggleAttribute("data-task", false);
    tell("task", {});
    if (done?.proposal) {
      say("The optimiser is done: look at what would move");
      this.review(done.proposal, kind, done.answer.goals ?? []);
    } else if (failure) showFailure(failure);
  }

  /** Stops and keeps the best. */
  private async stop(): Promise<void> {
    const task = this.stopper;
    try {
      // A stop may reach the program before the task does, and then stops nothing: it is said again until one of them has ended.
      while (task && this.stopper === task) {
        const { stopped } = await post<{ stopped: boolean }>("/api/tasks/stop", {});
        if (stopped) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } catch (fault) {
      // A task that has just ended cannot be stopped; its result is on the way.
      if (fault instanceof Gone) this.stopper?.abort();
    }
  }
}

function failed(findings: readonly Finding[]): Failure {
  return { title: "No proposal", lead: null, findings };
}

/** Why a task that ended has no plan: because there is none, with the rules that cannot hold together, or because none was found in time. */
export function whyNone(done: Pick<TaskDone, "status" | "answer"> | null): Failure {
  const findings = (done?.answer.findings ?? []).filter((one) => one.severity === "error" || one.code === "R122");
  if (done?.status === "infeasible") return { title: "No plan exists", lead: "It is proved that no plan keeps all the rules: more time would find none.", findings };
  const late = { message: "The program found no plan in that time.", help: "Give it longer, or loosen the rules in the settings" };
  return { title: "No proposal", lead: null, findings: [late, ...findings] };
}

function showFailure({ title, lead, findings }: Failure): void {
  const item = (one: Finding): HTMLElement => h("li", {}, sentence(one.message), one.help ? h("p", { class: "hint" }, sentence(one.help)) : null);
  openDialog({ title, wide: true }, () => h("div", {}, lead ? h("p", { class: "lead" }, lead) : null, h("ul", { class: "error-summary" }, ...findings.map(item))));
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A figure of a goal with its unit. */
export function measured(value: number | null | undefined, unit = ""): string {
  if (typeof value !== "number") return "none yet";
  const one = { lots: "lot", people: "person" }[unit] ?? unit;
  return `${figure(value)} ${value === 1 ? one : unit}`.trim();
}

/** The figures of a running task. */
class Board {
  readonly element: HTMLElement;
  private readonly bar = s("rect", { class: "progress-bar", x: 0, y: 0, height: 8, width: 0 });
  private readonly cells: Record<"phase" | "lots" | "best" | "bound" | "gap" | "time", HTMLElement>;

  constructor(
    readonly title: string,
    private readonly limit: number,
    stop: () => void,
    private readonly standing: Standing,
  ) {
    const cell = (): HTMLElement => h("dd", {}, "–");
    this.cells = { phase: cell(), lots: cell(), best: cell(), bound: cell(), gap: cell(), time: cell() };
    const rows: [string, HTMLElement][] = [["Now", this.cells.phase], ["Lots", this.cells.lots], ["Best", this.cells.best], ["Bound", this.cells.bound], ["Gap", this.cells.gap], ["Time", this.cells.time]];
    const chart = s("svg", { class: "progress", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" }, s("rect", { class: "rail", width: 100, height: 8 }), this.bar);
    const button = h("button", { type: "button", class: "button warning", id: "stop-task", onclick: stop }, "Stop and keep the best");
    this.element = h("div", { class: "card" }, h("h3", {}, title), chart, h("dl", { class: "facts" }, ...rows.flatMap(([term, dd]) => [h("dt", {}, term), dd])), button, h("p", { class: "hint" }, "The map shows its best plan so far."));
  }

  show(progress: Progress): void {
    const { cells } = this;
    const phase = [progress.phase, progress.measure].filter(Boolean).join(": ").replaceAll("_", " ");
    if (phase) setText(cells.phase, phase);
    this.standing.hear(progress);
    const { lots, goals, bound, unit, gap } = this.standing.shown;
    if (lots !== null) setText(cells.lots, String(lots));
    const told = goals.map((goal) => `${goal.name.replaceAll("_", " ")} ${measured(goal.value, goal.unit)}`);
    setText(cells.best, told.length > 0 ? told.join(", then ") : lots === null ? "none yet" : measured(lots, "lots"));
    setText(cells.bound, bound === null ? "no bound yet" : measured(bound, unit));
    setText(cells.gap, gap === null ? "–" : percent(gap, 2));
    if (typeof progress.seconds !== "number") return;
    setText(cells.time, `${duration(progress.seconds)} of ${duration(this.limit)}`);
    setAttribute(this.bar, "width", Math.min(100, (100 * progress.seconds) / this.limit).toFixed(1));
  }
}
