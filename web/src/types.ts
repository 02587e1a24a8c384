/** The shapes that page and program exchange, spelled as on the wire. */

export interface Area {
  code: string;
  name: string;
  volume: number;
  low: number;
  high: number;
  seats: number[];
  path: string;
  at: [number, number];
  box: Box;
  groups: Record<string, string[]>;
}

/** Left, top, right, bottom in map units, y down. */
export type Box = [number, number, number, number];

export interface Seat {
  area: number;
  unit: number;
  share: number;
  volume: number;
}

export interface Unit {
  id: string;
  name: string;
  seats: number[];
}

export interface Arc {
  left: number;
  /** Null on the coast and where the scenario ends. */
  right: number | null;
  path: string;
  metres: number;
}

export interface Group {
  name: string;
  seats: number[];
}

export interface Brush {
  key: string;
  name: string;
  groups?: Group[];
}

export interface Baseline {
  key: string;
  name: string;
  lots: number;
  areas_placed: number;
}

export interface Lot {
  lot_id: string;
  name: string;
  colour: number;
  locked: boolean;
  areas: number;
  volume: number;
  participants: number;
  contract_value_gbp: number;
  floor_margin_gbp: number | null;
  pieces: number;
  cuts: string[];
  status: string;
  words: string;
}

export interface StrokeBody {
  seats: number[];
  lot: string | null | { new: true };
}

export interface Fix {
  kind: string;
  label: string;
  stroke?: StrokeBody;
}

export interface Problem {
  rule: string;
  lot_id: string | null;
  areas: number[];
  box: Box | null;
  message: string;
  fixes: Fix[];
}

export interface Goal {
  name: string;
  value: number;
  unit?: string;
  words: string;
}

export interface Totals {
  volume: number;
  participants: number;
  contract_value_gbp: number;
}

export interface State {
  revision: number;
  cursor: number;
  entries: number;
  lot_of_seat?: (number | null)[];
  lots: Lot[];
  unassigned: { areas: number; volume: number; contract_value_gbp: number };
  locked_seats: number[];
  totals: Totals;
  floor_gbp?: number | null;
  cap_gbp?: number | null;
  participants_floor?: number | null;
  participants_cap?: number | null;
  contiguous?: boolean;
  goals: Goal[];
  problems: Problem[];
  history: { undo: string | null; redo: string | null };
  command: string;
}

export interface Setting {
  key: string;
  label: string;
  kind: "money" | "number" | "percent" | "choice" | "list" | "bool";
  value: unknown;
  default: unknown;
  min?: number | null;
  max?: number | null;
  choices?: string[];
  help?: string;
  group: string;
}

export interface Desk {
  schema: string;
  scenario: { name: string; title: string; path: string };
  version: string;
  folder: string;
  frame: { width: number; height: number };
  areas: Area[];
  seats: Seat[];
  units: Unit[];
  arcs: Arc[];
  links: { from: number; to: number; kind: string; name: string; counts: boolean }[];
  /** Bridges, tunnels and ferries between areas. */
  crossings: { from: number; to: number; kind: string; name: string }[];
  neighbours: number[][];
  context: { name: string; path: string }[];
  deals: { name: string; status: string; areas: number[]; path: string }[];
  inset: { title: string; box: Box } | null;
  brushes: Brush[];
  baselines: Baseline[];
  palette: string[];
  attribution: string;
  sources: unknown[];
  /** What opening had to say, such as a torn line of the journal. */
  findings?: Finding[];
  state: State;
  settings: Setting[];
}

export interface Label {
  lot: number;
  at: [number, number];
  lines: string[];
  /** How many of the lines, from the first, are the name; one where it is not told. */
  names?: number;
  leader: [number, number] | null;
  /** Half of its width and of its height, in pixels of the screen. */
  half: [number, number];
}

/** What the colours of a map show, where they show no lots. */
export interface LookSeen {
  title: string;
  /** What the classes are of; `moved` where they tell what moved. */
  of: "area" | "lot" | "moved";
  classes: LookClass[];
  /** Null where no figure is known, or where an area stays. */
  class_of: (number | null)[];
}

export interface LookClass {
  /** Null for the colour of the lot. */
  fill: string | null;
  words: string;
  count: number;
}

export interface Entry {
  index: number;
  kind: string;
  words: string;
  seconds_ago?: number;
  at?: string;
}

export interface Progress {
  phase?: string;
  measure?: string;
  /** Unit of best and bound. */
  unit?: string;
  best?: number | null;
  bound?: number | null;
  gap?: number | null;
  lots?: number | null;
  seconds?: number;
}

export interface Move {
  area: number;
  /** The seats that move; without it all of the area. */
  seats?: number[];
  from: string | null;
  to: string | null;
  volume: number;
  contract_value_gbp: number;
}

export interface Proposal {
  id: number;
  moves: Move[];
  people_moved: number;
  /** Areas that go from one lot to another. */
  areas_moved: number;
  /** Areas in no lot that get one. */
  areas_placed: number;
  value_moved_gbp: number;
  lot_of_seat: (number | null)[];
  lots: Lot[];
  command: string;
}

/** How a task ended: its status, the answer of its command, and what it proposes. */
export interface TaskDone {
  /** `optimal`, `feasible`, `infeasible` or `no_plan`. */
  status: string;
  answer: { goals?: { name: string; unit: string; value: number | null }[]; findings?: Finding[] };
  proposal: Proposal | null;
}

/** A plan beside the one on the desk: a baseline, or what the optimiser found. */
export interface OtherPlan {
  key: string;
  name: string;
  lot_of_seat: (number | null)[];
  lots: Lot[];
}

export interface Finding {
  code?: string;
  severity?: string;
  subject?: string;
  message: string;
  help?: string;
}
