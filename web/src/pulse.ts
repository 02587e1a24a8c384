/** The pulse: asks now and then whether the program is there, and whether another page has changed the desk meanwhile. */
import { Gone, get } from "./api";
import type { Plan } from "./plan";
import { tell } from "./bus";
import { isIdle, noteLink } from "./queue";
import type { Desk, State } from "./types";

const EVERY_MS = 3000;

export function beat(plan: Plan): void {
  const now = (): void => {
    if (document.visibilityState === "visible" && isIdle()) void ask(plan);
  };
  window.setInterval(now, EVERY_MS);
  // Whoever comes back to the page sees at once what was done meanwhile.
  document.addEventListener("visibilitychange", now);
  window.addEventListener("focus", now);
}

async function ask(plan: Plan): Promise<void> {
  try {
    const { cursor, total } = await get<{ cursor: number; total: number }>("/api/history?from=0&count=0");
    noteLink(true);
    if (!isIdle() || plan.preview || (cursor === plan.state.cursor && total === plan.state.entries)) return;
    const state = await get<State>("/api/state");
    if (!isIdle() || plan.preview || state.revision === plan.state.revision) return;
    // The command names what is set: where it is another, so are the settings, which a state does not hold.
    if (state.command === plan.state.command) plan.take(state, false);
    else plan.receive(await get<Desk>("/api/desk"));
    tell("say", { words: "The plan was changed in another window: this is how it stands now.", note: true });
  } catch (fault) {
    if (fault instanceof Gone) noteLink(false);
  }
}
