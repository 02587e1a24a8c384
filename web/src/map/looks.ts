/** What a map can show: the lots, a measure in classes, or the areas that moved since another plan. */
import { h } from "../dom";
import type { Plan } from "../plan";
import { baselineWords } from "../views/compare";

/** Words of a choice: `lots`, `show=` with a measure, `moved_from=` with a plan: what an address asks for it. */
export type Choice = string;

export const LOTS: Choice = "lots";

const OF_AREAS = [["people", "People"], ["people-per-km2", "People per square kilometre"], ["share", "Share of all people"]] as const;
const OF_LOTS = [["lot-value", "Contract value"], ["lot-people", "People"], ["lot-participants", "Participants"], ["lot-margin", "Contract value above the floor"], ["lot-travel", "Mean distance to the hub"], ["lot-deals", "Share of people in deals"]] as const;

/** Options of a select, in groups. */
export function lookOptions(plan: Plan): HTMLElement[] {
  const group = (label: string, options: readonly (readonly [string, string])[]): HTMLElement => h("optgroup", { label }, ...options.map(([value, words]) => h("option", { value }, words)));
  const shown = (list: readonly (readonly [string, string])[]): [string, string][] => list.filter(([key]) => isThere(plan, key)).map(([key, words]) => [`show=${key}`, words]);
  const before = plan.desk.baselines.map((one): [string, string] => [`moved_from=${encodeURIComponent(one.key)}`, baselineWords(one, plan.desk.baselines)]);
  return [
    h("option", { value: LOTS }, "Lots"),
    group("Areas by", shown(OF_AREAS)),
    group("Lots by", shown(OF_LOTS)),
    group("Areas moved since", [["moved_from=%40opened", "The plan as opened"], ...before]),
  ];
}

/** Money, floors and deals can be shown where the scenario has them. */
function isThere(plan: Plan, measure: string): boolean {
  if (measure === "lot-value") return plan.desk.state.totals.contract_value_gbp > 0;
  if (measure === "lot-margin") return plan.floor() !== null;
  return measure !== "lot-deals" || plan.desk.deals.length > 0;
}
