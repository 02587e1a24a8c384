/** The words around the map: what it shows, whose data it is, and what its signs mean. */
import { on } from "../bus";
import { h, setAttribute, setText } from "../dom";
import { plural } from "../format";
import type { Plan } from "../plan";
import { heads } from "../size";

/** The words below the map: what it shows, and whose data it is. */
export function caption(plan: Plan): HTMLElement {
  const title = h("strong");
  const sources = h("details", {}, h("summary", {}, "Sources"), h("p", {}, plan.desk.attribution));
  window.addEventListener("beforeprint", () => (sources.open = true));
  window.addEventListener("afterprint", () => (sources.open = false));
  const write = (): void => {
    const lots = plan.shownLots().filter((lot) => lot.areas > 0);
    const values = lots.map(plan.size.of);
    const range = values.length > 0 ? plan.size.range(Math.min(...values), Math.max(...values)) : "";
    setText(title, `${plural(lots.length, "lot")}${range}, of ${plural(plan.desk.areas.length, "area")} and ${heads(plan.state.totals, plan.state.totals.participants)}`);
  };
  on("plan", write);
  on("task", write);
  write();
  return h("figcaption", { class: "caption" }, title, sources);
}

/** The key; what is not drawn is not in it. */
export function legend(plan: Plan): HTMLElement {
  const item = (kind: string, words: string): HTMLElement => h("li", {}, h("span", { class: `key ${kind}` }), words);
  const items = [item("k-active", "lot in hand"), item("k-open", "in no lot")];
  if (plan.desk.context.length > 0) items.push(item("k-context", "not part of this scenario"));
  if (plan.desk.crossings.length > 0) items.push(item("k-link", "bridge, tunnel or ferry"));
  return h("ul", { class: "legend", "aria-label": "Key" }, ...items);
}

/** The overlay of deals, with its line in the key. */
export function dealsSwitch(deals: SVGGElement, key: HTMLElement): HTMLElement {
  const line = h("li", { hidden: true }, h("span", { class: "key k-deal" }), "devolution deal");
  key.append(line);
  const box = h("input", { type: "checkbox", id: "show-deals", onchange: () => show() });
  const show = (): void => {
    setAttribute(deals, "visibility", box.checked ? null : "hidden");
    line.hidden = !box.checked;
  };
  return h("span", { class: "check" }, box, h("label", { for: "show-deals" }, "Deals"));
}
