/** The pulse: asks now and then whether the program is there, and whether another page has changed the desk meanwhile. */
import { Gone, get } from "./api";
import type { Plan } from "./plan";
import { isIdle, noteLink } from "./queue";
import type { State } from "./types";

const EVERY_MS = 3000;

export function beat(plan: Plan): void {
  window.setInterval(() => {
    if (document.visibilityState === "visible" && isIdle()) void ask(plan);
  }, EVERY_MS);
}

async function ask(plan: Plan): Promise<void> {
  try {
    const { cursor, total } = await get<{ cursor: number; total: number }>("/api/history?from=0&count=0");
    noteLink(true);
    if (!isIdle() || plan.preview || (cursor === plan.state.cursor && total === plan.state.entries)) return;
    const state = await get<State>("/api/state");
    if (isIdle()) plan.take(state, false);
  } catch (fault) {
    if (fault instanceof Gone) noteLink(false);
  }
}
