/** The head of the page: what is open, whether it is saved, the views, and what one can do. */
import { on } from "../bus";
import { h, replace, setAttribute, setText } from "../dom";
import { plural } from "../format";
import type { Plan } from "../plan";
import { inWords } from "../words";

export interface Action {
  id: string;
  label: string;
  run: () => void;
  primary?: boolean;
}

export const VIEWS = [
  { name: "map", label: "Map" },
  { name: "table", label: "Table" },
  { name: "compare", label: "Compare" },
] as const;

export class Masthead {
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private readonly tabs = new Map<string, HTMLButtonElement>();
  private readonly saved = h("p", { class: "saved", role: "status" }, "Saved");

  constructor(
    private readonly plan: Plan,
    holder: HTMLElement,
    actions: readonly Action[],
    open: (view: string) => void,
  ) {
    const { title, name } = plan.desk.scenario;
    const brand = h("div", { class: "brand" }, h("span", { class: "logo", "aria-hidden": "true" }), h("span", { class: "product" }, "Lotwright"), h("h1", { title: name }, title));
    for (const action of actions) {
      const button = h("button", { type: "button", id: `do-${action.id}`, class: action.primary ? "button small" : "button quiet small", onclick: action.run }, action.label);
      this.buttons.set(action.id, button);
    }
    for (const view of VIEWS) {
      const tab = h("button", { type: "button", class: "tab", id: `view-${view.name}`, onclick: () => open(view.name) }, view.label);
      this.tabs.set(view.name, tab);
    }
    const proposal = h("button", { type: "button", class: "tab", id: "view-review", hidden: true, onclick: () => open("review") }, "Proposal");
    this.tabs.set("review", proposal);
    on("proposal", ({ words }) => {
      proposal.hidden = words === null;
      if (words !== null) setText(proposal, words);
    });
    const nav = h("nav", { class: "tabs", "aria-label": "Views" }, ...this.tabs.values());
    const bar = h("div", { class: "actions", role: "group", "aria-label": "Actions" }, ...this.buttons.values());
    replace(holder, h("div", { class: "mast-top" }, brand, this.saved), h("div", { class: "mast-bar" }, nav, bar));
    on("plan", () => this.history());
    on("task", () => this.history());
    on("view", ({ name: view }) => this.view(view));
    on("link", ({ waiting, lost }) => this.link(waiting, lost));
    this.history();
    this.view("map");
  }

  private view(name: string): void {
    for (const [key, tab] of this.tabs) setAttribute(tab, "aria-current", key === name ? "page" : null);
  }

  private link(waiting: number, lost: boolean): void {
    setAttribute(this.saved, "data-waiting", waiting > 0 ? "" : null);
    const away = waiting > 0 ? `Not saved: ${plural(waiting, "change")} kept here` : "Not connected";
    setText(this.saved, lost ? away : waiting > 2 ? "Saving…" : "Saved");
    setAttribute(this.saved, "class", lost ? "saved lost" : "saved");
  }

  private history(): void {
    const [undo, redo] = (["undo", "redo"] as const).map((way) => inWords(this.plan.settings, this.plan.state.history[way] ?? ""));
    const busy = this.plan.preview !== null;
    this.enable("undo", !busy && Boolean(undo), undo ? `Undo: ${undo}` : "Nothing to undo");
    this.enable("redo", !busy && Boolean(redo), redo ? `Redo: ${redo}` : "Nothing to redo");
    this.enable("optimise", !busy, "Solve, finish or repair");
  }

  /** Disabled by word, not by attribute, so that the focus stays where it is. */
  private enable(id: string, able: boolean, title: string): void {
    const button = this.buttons.get(id);
    if (!button) return;
    setAttribute(button, "aria-disabled", able ? null : "true");
    setAttribute(button, "title", title);
  }
}
