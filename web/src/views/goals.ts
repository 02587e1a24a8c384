/** The goals of plans side by side, and in words whether a plan that was found is worse than the one on the table. */
import { count, list, plural } from "../format";
import type { Plan } from "../plan";
import { measured } from "../dialogs/task";

/** A goal as any answer of the program gives it. */
export interface GoalFigure {
  name: string;
  value: number | null;
  unit?: string;
  words?: string;
}

/** What the plan on the table lacks: then its goals count no whole plan. */
export interface Lacks {
  areas: number;
  problems: number;
}

/** Rows of goals in their order; the number of lots stands among the other figures. */
export function goalRows(goals: readonly GoalFigure[]): [string, string][] {
  return goals.filter((goal) => goal.name !== "lots").map((goal) => [goalName(goal.name), goalWords(goal)]);
}

/** `deal_splits` is told as Deal splits. */
export function goalName(name: string): string {
  const text = name.replaceAll("_", " ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function goalWords(goal: GoalFigure): string {
  return goal.words ?? (goal.value === null ? "none" : measured(goal.value, goal.unit));
}

/** Whether as many lots as possible are asked for, so that their number is the first goal. */
export function wantsLots(plan: Plan): boolean {
  const value = plan.settings.find((setting) => setting.key === "lots.count")?.value;
  return typeof value === "string" && (value === "max" || value.includes(".."));
}

export interface Change {
  name: string;
  /** Above nought where the second plan is worse. */
  worse: number;
  before: string;
  after: string;
}

/** What differs in the goals that both answers tell, in their order: fewer lots are worse where most are asked for, more of anything else is. */
export function changes(before: readonly GoalFigure[], after: readonly GoalFigure[], most: boolean): Change[] {
  return before.flatMap((old) => {
    const fresh = after.find((goal) => goal.name === old.name);
    if (!fresh || old.value === null || fresh.value === null || (old.name === "lots" && !most)) return [];
    const rise = fresh.value - old.value;
    // The last figures of a sum that is written down are not what one plan is better by.
    if (Math.abs(rise) <= 1e-9 * Math.abs(old.value)) return [];
    return [{ name: old.name, worse: old.name === "lots" ? -rise : rise, before: goalWords(old), after: goalWords(fresh) }];
  });
}

/** Says plainly where a proposal is worse; null where it is worse in nothing. */
export function verdict(before: readonly GoalFigure[], after: readonly GoalFigure[], most: boolean, lacks: Lacks): string | null {
  const all = changes(before, after, most);
  const worse = all.filter((one) => one.worse > 0);
  if (worse.length === 0) return null;
  const told = list(worse.map((one) => `${one.name === "lots" ? "lots" : goalName(one.name).toLowerCase()} (${one.after}, yours ${one.before})`), 9);
  if (lacks.areas > 0) return `Your plan leaves ${plural(lacks.areas, "area")} in no lot: its goals count what is placed alone, so the proposal, which has more to count, is worse in ${told}.`;
  if (lacks.problems > 0) return `The proposal is worse than your plan in ${told}; but your plan breaks ${lacks.problems === 1 ? "a rule" : `rules in ${count(lacks.problems)} places`}.`;
  return (all[0]?.worse ?? 0) > 0
    ? `The proposal is worse than your plan by the order of the goals: it is worse in ${told}.`
    : `The proposal is better by the order of the goals, but worse than your plan in ${told}.`;
}
