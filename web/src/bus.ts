/** What parts of the page tell one another; a listener is called at once and in the order of listening. */

export interface Events {
  /** The plan or its figures changed; `areas` are those that need painting again, null all of them. */
  plan: { areas: readonly number[] | null };
  /** Another lot is the one that strokes give to. */
  active: { lot: number | null };
  /** The pointer or the keyboard is at another area, or at none. */
  hover: { area: number | null };
  /** Another brush. */
  brush: { key: string };
  /** The place to show: a box in map units. */
  show: { box: readonly [number, number, number, number]; areas: readonly number[] };
  /** A line for those who hear the page; an urgent one or a note is shown too. */
  say: { words: string; urgent?: boolean; note?: boolean };
  /** Strokes wait, or all are saved, or the program does not answer. */
  link: { waiting: number; lost: boolean; reason: string | null };
  /** Settings were read again. */
  settings: Record<string, never>;
  /** A task began, went on or ended. */
  task: Record<string, never>;
  /** The command that repeats what a view shows beside the plan; null where it is the plan alone. */
  command: { words: string | null };
  /** The colours of the map mean something else. */
  look: Record<string, never>;
  /** A proposal waits to be looked at, as its tab says it; null where none does. */
  proposal: { words: string | null };
  /** Another view is open. */
  view: { name: string };
}

type Listener<K extends keyof Events> = (event: Events[K]) => void;

const listeners = new Map<keyof Events, Listener<never>[]>();

/** Listens; what is answered ends it. */
export function on<K extends keyof Events>(kind: K, listener: Listener<K>): () => void {
  const list = listeners.get(kind) ?? [];
  listeners.set(kind, [...list, listener as Listener<never>]);
  return () => listeners.set(kind, (listeners.get(kind) ?? []).filter((one) => one !== listener));
}

/** Listens for as long as an element, which is in the document when it is told something first, stays there. */
export function onWhile<K extends keyof Events>(element: Node, kind: K, listener: Listener<K>): void {
  const end = on(kind, (event) => (element.isConnected ? listener(event) : end()));
}

export function tell<K extends keyof Events>(kind: K, event: Events[K]): void {
  for (const listener of listeners.get(kind) ?? []) (listener as Listener<K>)(event);
}

/** Says something to those who hear the page. */
export function say(words: string): void {
  tell("say", { words });
}
