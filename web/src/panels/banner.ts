/** What has to be said at once and plainly: that the program does not answer, or that it refused something. */
import { on } from "../bus";
import { h, replace } from "../dom";
import { plural } from "../format";
import type { Plan } from "../plan";

/** How long a note stands that needs no answer. */
const NOTE_MS = 8000;

export function banner(plan: Plan, holder: HTMLElement): void {
  let shown = "";
  on("link", ({ waiting, lost, reason }) => {
    const kept = waiting > 0 ? `${plural(waiting, "change")} kept in this browser and sent as soon as it answers. ` : "Nothing is lost. ";
    const key = lost ? `${waiting}${reason ?? ""}` : "";
    if (key === shown) return;
    shown = key;
    if (!lost) return replace(holder);
    const next = reason
      ? `${reason} Open the address that the program printed in your terminal.`
      : "Start it again in your terminal, then open the address it prints if this page does not come back by itself:";
    replace(holder, h("div", { class: "notice grave", id: "lost" }, h("p", {}, h("strong", {}, "The program does not answer. "), kept, next), reason ? null : h("code", {}, `lotwright serve ${plan.desk.scenario.path} --out ${plan.desk.folder}`)));
  });
  on("say", ({ words, urgent, note }) => {
    if (!(urgent || note) || shown) return;
    const close = h("button", { type: "button", class: "button quiet small", onclick: () => replace(holder) }, "Dismiss");
    const notice = h("div", { class: urgent ? "notice grave" : "notice plain" }, h("p", {}, words), close);
    replace(holder, notice);
    if (!urgent) window.setTimeout(() => notice.remove(), NOTE_MS);
  });
}

/** Speaks to those who hear the page, the last line of a burst only. */
export function speaker(holder: HTMLElement): void {
  let timer = 0;
  on("say", ({ words, urgent }) => {
    if (urgent) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => replace(holder, words), 120);
  });
}
