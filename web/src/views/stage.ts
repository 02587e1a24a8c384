/** The stage of the map: brush and tool above it, zoom beside it, its caption below. */
import { on } from "../bus";
import { h, setAttribute } from "../dom";
import { caption, type MapView } from "../map/map";
import type { Plan } from "../plan";
import type { Tool } from "../map/paint";

export interface Stage {
  view: HTMLElement;
  figure: HTMLElement;
  attach: (map: MapView) => void;
}

export function mapStage(plan: Plan): Stage {
  const figure = h("figure", { class: "stage" });
  const bar = h("div", { class: "stage-bar" });
  const help = h("p", { class: "heard", id: "map-help" }, "Arrow keys go to the neighbour in that direction, Enter gives the area to the lot in hand. The Table view holds the same.");
  const view = h("section", { class: "view map-view", "aria-label": "Map" }, bar, figure);
  figure.append(help, legend(plan), caption(plan));
  return { view, figure, attach: (map) => (bar.append(...tools(plan, map)), figure.append(zoomButtons(map))) };
}

function tools(plan: Plan, map: MapView): HTMLElement[] {
  const select = h("select", { id: "brush", class: "select", onchange: () => plan.pickBrush(select.value) }, ...plan.desk.brushes.map((brush) => h("option", { value: brush.key }, brush.name)));
  const brush = h("span", { class: "field" }, h("label", { for: "brush" }, "Brush"), select);
  const deals = h("input", { type: "checkbox", id: "show-deals", onchange: () => setAttribute(map.deals, "visibility", deals.checked ? null : "hidden") });
  const overlay = plan.desk.deals.length === 0 ? [] : [h("span", { class: "check" }, deals, h("label", { for: "show-deals" }, "Deals"))];
  return [toolButtons(map), brush, ...overlay, inHand(plan)];
}

function toolButtons(map: MapView): HTMLElement {
  const made = (["paint", "move"] as Tool[]).map((tool) => {
    const button = h("button", { type: "button", class: "segment", "aria-pressed": String(tool === "paint"), onclick: () => pick(tool) }, tool === "paint" ? "Paint" : "Move");
    return { tool, button };
  });
  const pick = (tool: Tool): void => {
    map.painter.tool = tool;
    setAttribute(map.svg, "data-tool", tool);
    for (const one of made) setAttribute(one.button, "aria-pressed", String(one.tool === tool));
  };
  return h("span", { class: "segments", role: "group", "aria-label": "Pointer" }, ...made.map((one) => one.button));
}

/** The lot in hand beside the map: on a narrow page the list of lots stands far below. */
function inHand(plan: Plan): HTMLElement {
  const select = h("select", { id: "in-hand", class: "select", onchange: () => plan.choose(select.value === "" ? null : Number(select.value)) });
  let known: string | null = null;
  const write = (): void => {
    const ids = plan.lots.map((lot) => lot.lot_id);
    if (ids.join("\n") !== known) {
      known = ids.join("\n");
      select.replaceChildren(...ids.map((id, index) => h("option", { value: index }, id)), h("option", { value: "" }, "no lot"));
    }
    select.value = plan.active === null ? "" : String(plan.active);
  };
  on("plan", write);
  on("active", write);
  write();
  return h("span", { class: "field in-hand" }, h("label", { for: "in-hand" }, "Lot in hand"), select);
}

function zoomButtons(map: MapView): HTMLElement {
  const part = 0.25;
  const frame = map.svg.viewBox.baseVal;
  const button = (label: string, sign: string, run: () => void): HTMLElement =>
    h("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick: run }, sign);
  return h("div", { class: "zoom", role: "group", "aria-label": "Zoom and move" },
    button("Zoom in", "+", () => map.zoom.by(1.6)),
    button("Move up", "↑", () => map.zoom.pan(0, frame.height * part)),
    button("Zoom out", "−", () => map.zoom.by(1 / 1.6)),
    button("Move left", "←", () => map.zoom.pan(frame.width * part, 0)),
    button("Whole map", "⤢", () => map.zoom.whole()),
    button("Move right", "→", () => map.zoom.pan(-frame.width * part, 0)),
    button("Move down", "↓", () => map.zoom.pan(0, -frame.height * part)));
}

function legend(plan: Plan): HTMLElement {
  const item = (kind: string, words: string): HTMLElement => h("li", {}, h("span", { class: `key ${kind}` }), words);
  const items = [item("k-active", "lot in hand"), item("k-open", "in no lot")];
  if (plan.desk.context.length > 0) items.push(item("k-context", "not part of this scenario"));
  if (plan.desk.links.some((link) => link.counts)) items.push(item("k-link", "bridge, tunnel or ferry"));
  return h("ul", { class: "legend", "aria-label": "Key" }, ...items);
}
