/** The strip of problems: one at a time with its reason and its fixes, next and previous, all on demand. */
import { on, say, tell } from "../bus";
import { h, replace } from "../dom";
import { around } from "../map/sheet";
import { plural } from "../format";
import type { Plan } from "../plan";
import type { Fix, Problem } from "../types";
import { inWords } from "../words";
import { openDialog } from "../dialogs/dialog";

const AT_WORK = "The optimiser is at work, and the map shows its plan: the problems of yours are back when it ends.";

export class Problems {
  private at = 0;
  private written = "";
  private request = 0;

  constructor(
    private readonly plan: Plan,
    private readonly holder: HTMLElement,
    private readonly optimise: (kind: "repair" | "finish") => void,
  ) {
    on("plan", () => this.later());
    on("task", () => this.later());
    this.draw();
  }

  private later(): void {
    if (!this.request) this.request = requestAnimationFrame(() => ((this.request = 0), this.draw()));
  }

  private list(): Problem[] {
    return this.plan.state.problems;
  }

  /** Goes to another problem and shows its place. */
  step(by: number): void {
    if (this.plan.preview) return say(AT_WORK);
    const many = this.list().length;
    if (many === 0) return say("No problems");
    this.at = (this.at + by + many) % many;
    this.draw();
    this.show(this.at);
    say(`Problem ${this.at + 1} of ${many}: ${this.list()[this.at]?.message ?? ""}`);
  }

  private show(index: number): void {
    const problem = this.list()[index];
    if (!problem) return;
    this.at = index;
    const box = problem.box ?? around(this.plan.desk.areas.filter((_, area) => problem.areas.includes(area)).map((area) => area.box));
    if (box) tell("show", { box, areas: problem.areas });
    const lot = this.plan.lots.findIndex((one) => one.lot_id === problem.lot_id);
    if (lot >= 0) this.plan.choose(lot);
  }

  private draw(): void {
    const many = this.list().length;
    if (this.at >= many) this.at = 0;
    const problem = this.list()[this.at];
    // Most strokes leave the problems as they are.
    const written = JSON.stringify([many, this.at, problem ?? null, this.plan.disagreement, this.plan.preview !== null]);
    if (written === this.written) return;
    this.written = written;
    const note = this.plan.disagreement ? h("p", { class: "disagreement", role: "alert" }, this.plan.disagreement) : null;
    // The problems are those of the plan on the desk; the map shows another meanwhile.
    if (this.plan.preview) return replace(this.holder, note, h("p", { class: "at-work" }, h("strong", { class: "tag look" }, "At work"), ` ${AT_WORK}`));
    if (!problem) {
      replace(this.holder, note, h("p", { class: "all-well" }, h("strong", { class: "tag fine" }, "No problems"), " Every rule of the scenario is kept."));
      return;
    }
    const turn = h("span", { class: "turn" },
      h("button", { type: "button", class: "button quiet small", "aria-label": "Previous problem", disabled: many < 2, onclick: () => this.step(-1) }, "‹"),
      h("button", { type: "button", class: "button quiet small", "aria-label": "Next problem", disabled: many < 2, onclick: () => this.step(1) }, "›"));
    const number = h("button", { type: "button", class: "link count", onclick: () => this.all() }, plural(many, "problem"));
    const message = h("button", { type: "button", class: "link message", onclick: () => this.show(this.at) }, sentence(problem.message));
    replace(this.holder, note, h("div", { class: "strip" }, h("strong", { class: "tag grave" }, number), turn, message, this.fewFixes(problem)));
  }

  /** The first fix of each kind; the rest stand in the list of all problems. */
  private fewFixes(problem: Problem): HTMLElement {
    const kinds = new Set<string>();
    const first = problem.fixes.filter((fix) => !kinds.has(fix.kind) && kinds.add(fix.kind)).slice(0, 3);
    const few = this.fixes({ ...problem, fixes: first });
    const more = problem.fixes.length - first.length;
    if (more > 0) few.append(h("button", { type: "button", class: "link more", onclick: () => this.all() }, `${more} more`));
    return few;
  }

  private fixes(problem: Problem, done: () => void = () => undefined): HTMLElement {
    const button = (fix: Fix): HTMLElement =>
      h("button", { type: "button", class: "button quiet small", onclick: () => (done(), this.apply(fix)) }, inWords(this.plan.settings, fix.label));
    return h("span", { class: "fixes" }, ...problem.fixes.map(button));
  }

  private apply(fix: Fix): void {
    if (this.plan.preview) return say(AT_WORK);
    if (fix.stroke) this.plan.fix(fix.stroke);
    else if (fix.kind === "undo") void this.plan.ask("/api/undo", {});
    else this.optimise(fix.kind === "finish" ? "finish" : "repair");
  }

  /** All problems, each a link to its place, in the manner of an error summary. */
  private all(): void {
    openDialog({ title: plural(this.list().length, "problem"), wide: true }, (close) => {
      const item = (problem: Problem, index: number): HTMLElement =>
        h("li", {}, h("button", { type: "button", class: "link", onclick: () => (close(), this.show(index), this.draw()) }, sentence(problem.message)), this.fixes(problem, close));
      return h("ul", { class: "error-summary" }, ...this.list().map(item));
    });
  }
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
