/** The right of the page: what is under the pointer, the optimiser while it works, or the settings. */
import { tell } from "../bus";
import { h, replace, setAttribute } from "../dom";
import type { Plan } from "../plan";
import type { Tasks } from "../dialogs/task";
import { Here } from "./here";
import { Settings } from "./settings";

export class Side {
  private readonly here = h("div", { class: "here" });
  private readonly settings = h("div", { class: "settings", hidden: true });
  private readonly form: Settings;

  constructor(plan: Plan, holder: HTMLElement, tasks: Tasks, rename: (lot: number) => void) {
    replace(holder, tasks.panel, this.settings, this.here);
    new Here(plan, this.here, rename);
    this.form = new Settings(plan, this.settings, () => this.toggle());
  }

  toggle(): void {
    const open = this.settings.hidden;
    this.settings.hidden = !open;
    this.here.hidden = open;
    document.body.toggleAttribute("data-settings", open);
    const button = document.getElementById("do-settings");
    if (button) setAttribute(button, "aria-expanded", String(open));
    if (open) this.form.focus();
    else button?.focus();
    tell("view", { name: document.body.dataset["view"] ?? "map" });
  }
}
