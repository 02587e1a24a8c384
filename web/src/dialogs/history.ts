/** The history in words, newest first, and a way back to any point of it. */
import { get } from "../api";
import { h, replace } from "../dom";
import { ago, plural } from "../format";
import type { Plan } from "../plan";
import type { Entry } from "../types";
import { inWords } from "../words";
import { openDialog } from "./dialog";

const PAGE = 200;

export function openHistory(plan: Plan): void {
  openDialog({ title: "History", wide: true }, (close) => {
    const list = h("ol", { class: "history" });
    const more = h("button", { type: "button", class: "button quiet small", hidden: true, onclick: () => void load() }, "Show earlier");
    const note = h("p", { class: "hint" }, "Reading the history…");
    let from = plan.state.entries;
    const load = async (): Promise<void> => {
      const start = Math.max(0, from - PAGE);
      try {
        const { entries } = await get<{ entries: Entry[] }>(`/api/history?from=${start}&count=${from - start}`);
        list.append(...[...entries].reverse().map((entry) => row(plan, entry, close)));
        from = start;
        if (from === 0) list.append(row(plan, { index: -1, kind: "start", words: "As the desk was opened first" }, close));
        more.hidden = from === 0;
        replace(note, plan.state.entries === 0 ? "Nothing has been done yet. Paint an area, and it stands here." : `${plural(plan.state.entries, "entry", "entries")}. Going back loses nothing until you change something there.`);
      } catch {
        replace(note, "The program does not answer, so the history cannot be read. It is kept on disk.");
      }
    };
    void load();
    return h("div", {}, note, list, more);
  });
}

function row(plan: Plan, entry: Entry, close: () => void): HTMLElement {
  // The cursor counts the entries that are done: an entry is reached when all up to it are.
  const here = entry.index + 1 === plan.state.cursor;
  const when = entry.seconds_ago === undefined ? (entry.at ?? "") : ago(entry.seconds_ago);
  const words = inWords(plan.settings, entry.words);
  const go = async (): Promise<void> => {
    if (await plan.ask("/api/goto", { cursor: entry.index + 1 })) close();
  };
  const button = here
    ? h("strong", { class: "tag fine" }, "Here")
    : h("button", { type: "button", class: "button quiet small", "aria-label": `Go to: ${words}`, onclick: () => void go() }, "Go to");
  const later = entry.index >= plan.state.cursor;
  return h("li", { class: later ? "later" : "" }, h("span", { class: "what" }, words, later ? h("span", { class: "hint" }, " (undone)") : null), h("span", { class: "when" }, when), button);
}
