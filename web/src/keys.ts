/** Single keys for the hand that does not paint; silent in form fields and dialogs, and they can be switched off. */
import { say, tell } from "./bus";
import { isField } from "./dom";
import { dialogOpen } from "./dialogs/dialog";
import { lockLot, showLot } from "./panels/lots";
import type { MapView } from "./map/map";
import type { Plan } from "./plan";
import type { Problems } from "./panels/problems";

export const KEYS: readonly [string, string][] = [
  ["Click", "give the area to the lot in hand"],
  ["Hold and sweep", "paint along the way; one sweep is one undo"],
  ["Shift and drag", "paint all areas whose middle lies in the box"],
  ["Alt and click", "take the lot under the pointer in hand"],
  ["Middle button, or Space and drag", "move the map"],
  ["Wheel, or + and −", "zoom; = shows the whole map"],
  ["Arrow keys on the map", "go to the neighbour in that direction"],
  ["Shift and arrow keys on the map", "move the map"],
  ["Enter on the map", "give that area to the lot in hand"],
  ["[ and ]", "previous and next lot"],
  ["1 to 9", "lot 1 to 9 of the list; 0 is no lot"],
  ["Q", "lock or unlock the lot in hand"],
  ["K", "lock or unlock the area under the pointer"],
  ["L", "zoom to the lot in hand"],
  ["N and P", "next and previous problem"],
  ["Z or Ctrl Z", "undo"],
  ["Y or Ctrl Y", "redo"],
  ["Esc", "drop the sweep in hand; close the settings"],
  ["?", "this list"],
];

const SWITCH = "lotwright-keys";

export function keysOn(): boolean {
  return localStorage.getItem(SWITCH) !== "off";
}

export function switchKeys(on: boolean): void {
  localStorage.setItem(SWITCH, on ? "on" : "off");
}

export interface Hands {
  plan: Plan;
  map: MapView;
  problems: Problems;
  undo: () => void;
  redo: () => void;
  help: () => void;
}

export function listenKeys(hands: Hands): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isField(event.target) || dialogOpen()) return;
    const done = event.ctrlKey || event.metaKey ? withControl(hands, event) : !event.altKey && keysOn() && single(hands, event.key);
    if (done) event.preventDefault();
  });
}

function withControl(hands: Hands, event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) return hands.undo(), true;
  if (key === "y" || (key === "z" && event.shiftKey)) return hands.redo(), true;
  return false;
}

function single(hands: Hands, key: string): boolean {
  const { plan, map } = hands;
  const actions: Record<string, () => void> = {
    "[": () => turn(plan, -1),
    "]": () => turn(plan, 1),
    q: () => plan.active !== null && void lockLot(plan, plan.active),
    k: () => void lockArea(plan, map.hovered ?? map.focused),
    l: () => plan.active !== null && showLot(map, plan.active),
    n: () => hands.problems.step(1),
    p: () => hands.problems.step(-1),
    z: hands.undo,
    y: hands.redo,
    "?": hands.help,
    "+": () => map.zoom.by(1.5),
    "-": () => map.zoom.by(1 / 1.5),
    "=": () => map.zoom.whole(),
  };
  const action = actions[key.toLowerCase()];
  if (action) return action(), true;
  if (!/^\d$/.test(key)) return false;
  choose(plan, Number(key) - 1);
  return true;
}

function choose(plan: Plan, lot: number): void {
  if (lot >= plan.lots.length) return say(`There is no lot ${lot + 1} in the list`);
  plan.choose(lot < 0 ? null : lot);
  say(lot < 0 ? "In hand: no lot" : `In hand: lot ${plan.lots[lot]?.lot_id ?? ""}`);
}

function turn(plan: Plan, by: number): void {
  const many = plan.lots.length;
  if (many > 0) choose(plan, ((plan.active ?? (by > 0 ? -1 : 0)) + by + many) % many);
}

/** Locks or unlocks all seats of an area. */
export async function lockArea(plan: Plan, area: number | null): Promise<void> {
  const own = area === null ? undefined : plan.desk.areas[area];
  if (!own || area === null) return say("Point at an area to lock it");
  const locked = !own.seats.every((seat) => plan.locked.has(seat));
  if (!(await plan.ask("/api/locks", { seats: own.seats, locked }))) return;
  tell("plan", { areas: [area] });
  say(`${own.name} ${locked ? "locked" : "unlocked"}`);
}
