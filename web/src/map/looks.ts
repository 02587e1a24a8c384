/** What a map can show: the lots, a measure in classes, or the areas that moved since another plan. */
import { h } from "../dom";
import type { Plan } from "../plan";
import { baselineWords } from "../views/compare";

/** Words of a choice: `lots`, `show=` with a measure, `moved_from=` with a plan: what an address asks for it. */
export type Choice = string;

export const LOTS: Choice = "lots";

const OF_AREAS = [["people", "Areas by people"], ["people-per-km2", "Areas by people per km²"], ["share", "Areas by share of all people"]] as const;
const OF_LOTS = [["lot-value", "Lots by contract value"], ["lot-people", "Lots by people"], ["lot-participants", "Lots by participants"], ["lot-margin", "Lots by value above the floor"], ["lot-travel", "Lots by mean distance to the hub"], ["lot-deals", "Lots by share of people in deals"]] as const;

/** Options of a select, in groups. */
export function lookOptions(plan: Plan): HTMLElement[] {
  const group = (label: string, options: readonly (readonly [string, string])[]): HTMLElement => h("optgroup", { label }, ...options.map(([value, words]) => h("option", { value }, words)));
  const shown = (list: readonly (readonly [string, string])[]): [string, string][] => list.filter(([key]) => isThere(plan, key)).map(([key, words]) => [`show=${key}`, words]);
  const before = plan.desk.baselines.map((one): [string, string] => [`moved_from=${encodeURIComponent(one.key)}`, `Moved since ${baselineWords(one, plan.desk.baselines)}`]);
  return [
    h("option", { value: LOTS }, "Lots"),
    group("Measures of areas", shown(OF_AREAS)),
    group("Measures of lots", shown(OF_LOTS)),
    group("What moved", [["moved_from=%40opened", "Moved since the plan was opened"], ...before]),
  ];
}

/** Money, floors and deals can be shown where the scenario has them; a floor is one in pounds here. */
function isThere(plan: Plan, measure: string): boolean {
  if (measure === "lot-value") return plan.size.money;
  if (measure === "lot-margin") return plan.size.money && plan.floor() !== null;
  return measure !== "lot-deals" || plan.desk.deals.length > 0;
}
