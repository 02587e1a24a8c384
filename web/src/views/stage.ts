/** The stage of the map: brush and tool above it, zoom beside it, its caption below. */
import { on } from "../bus";
import { h, setAttribute } from "../dom";
import { caption, dealsSwitch, legend } from "../map/caption";
import type { MapView } from "../map/map";
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
  const key = legend(plan);
  figure.append(help, key, caption(plan));
  return { view, figure, attach: (map) => (bar.append(...tools(plan, map, key)), key.after(map.colours.key), figure.append(zoomButtons(map))) };
}

function tools(plan: Plan, map: MapView, key: HTMLElement): HTMLElement[] {
  const select = h("select", { id: "brush", class: "select", onchange: () => plan.pickBrush(select.value) }, ...plan.desk.brushes.map((brush) => h("option", { value: brush.key, selected: brush.key === plan.brush }, brush.name)));
  const brush = h("span", { class: "field" }, h("label", { for: "brush" }, "Brush"), select);
  const colours = h("span", { class: "field" }, h("label", { for: "colours" }, "Colours"), map.colours.select);
  const overlay = plan.desk.deals.length === 0 ? [] : [dealsSwitch(map.deals, key)];
  return [toolButtons(map), brush, colours, ...overlay, inHand(plan)];
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
    const value = plan.active === null ? "" : String(plan.active);
    // A choice that is set lays the page out, though it be the same.
    if (select.value !== value) select.value = value;
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
