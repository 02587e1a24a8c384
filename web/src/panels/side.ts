/** The right of the page: what is under the pointer, the optimiser while it works, or the settings. */
import { on, tell } from "../bus";
import { h, replace, setAttribute } from "../dom";
import { dialogOpen } from "../dialogs/dialog";
import type { Plan } from "../plan";
import type { Tasks } from "../dialogs/task";
import { Here } from "./here";
import { Settings } from "./settings";

export class Side {
  private readonly here = h("div", { class: "here" });
  private readonly settings = h("div", { class: "settings", hidden: true });
  private readonly form: Settings;
  private view = "map";

  constructor(plan: Plan, holder: HTMLElement, tasks: Tasks, rename: (lot: number) => void) {
    replace(holder, tasks.panel, this.settings, this.here);
    new Here(plan, this.here, rename);
    this.form = new Settings(plan, this.settings, () => this.toggle());
    on("view", ({ name }) => {
      // On a narrow page the settings lie above the view, which would seem not to open.
      if (name !== this.view) this.close();
      this.view = name;
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && !this.settings.hidden && !dialogOpen() && this.leave());
  }

  /** Closes the settings as Escape does: what is typed and not yet set is dropped. */
  private leave(): void {
    const field = document.activeElement;
    if (field instanceof HTMLInputElement && this.settings.contains(field)) field.value = field.defaultValue;
    this.toggle();
  }

  /** Closes the settings and leaves the focus where it is. */
  close(): void {
    if (!this.settings.hidden) this.put(false);
  }

  toggle(): void {
    const open = this.settings.hidden;
    this.put(open);
    if (open) this.form.focus();
    else document.getElementById("do-settings")?.focus();
    tell("view", { name: this.view });
  }

  private put(open: boolean): void {
    this.settings.hidden = !open;
    this.here.hidden = open;
    document.body.toggleAttribute("data-settings", open);
    const button = document.getElementById("do-settings");
    if (button) setAttribute(button, "aria-expanded", String(open));
  }
}
