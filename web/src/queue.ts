/** Changes go to the program one after another; what it has not confirmed is kept, tried again, and outlives the page. */
import { Gone, Refused, post } from "./api";
import { tell } from "./bus";
import type { State, StrokeBody } from "./types";

interface Job {
  path: string;
  /** Made when it is sent, so that it carries the revision of that moment. */
  body: () => unknown;
  /** Strokes are painted already and have to be painted again over a fuller answer. */
  stroke: (StrokeBody & { id: string }) | null;
  settle: (answer: unknown) => void;
  fail: (reason: Refused) => void;
}

const PAUSES_MS = [500, 1000, 2000, 4000];
let jobs: Job[] = [];
let running = false;
let lost = false;
let reason: string | null = null;
let store = "lotwright-unsent";
let kept = false;

/** Strokes of an earlier page of this folder that the program never confirmed. */
export function unsent(folder: string): (StrokeBody & { id: string })[] {
  store = `lotwright-unsent:${folder}`;
  window.addEventListener("pagehide", () => keep(true));
  const text = localStorage.getItem(store);
  kept = text !== null;
  try {
    return JSON.parse(text ?? "[]") as (StrokeBody & { id: string })[];
  } catch {
    // Nothing that this page wrote: another version's, or cut short by a full disk.
    return [];
  }
}

/** Strokes that wait, oldest first. */
export function waiting(): StrokeBody[] {
  return jobs.flatMap((job) => (job.stroke ? [job.stroke] : []));
}

export function isIdle(): boolean {
  return jobs.length === 0;
}

/** Sends a change after those before it; resolves with the answer, rejects with `Refused`. */
export function change<T = State>(path: string, content: unknown): Promise<T> {
  return new Promise<T>((settle, fail) => {
    jobs.push({ path, body: () => content, stroke: null, settle: settle as (answer: unknown) => void, fail });
    void run();
  });
}

/** Sends a stroke that stands on the page already. */
export function sendStroke(stroke: StrokeBody & { id: string }, revision: () => number): Promise<State> {
  return new Promise<State>((settle, fail) => {
    const body = () => ({ ...stroke, revision: revision(), delta: true });
    jobs.push({ path: "/api/strokes", body, stroke, settle: settle as (answer: unknown) => void, fail });
    if (lost) keep();
    void run();
  });
}

async function run(): Promise<void> {
  if (running) return;
  running = true;
  let failures = 0;
  for (let job = jobs[0]; job; job = jobs[0]) {
    report();
    try {
      const answer = await post(job.path, job.body());
      jobs.shift();
      if (lost) found();
      failures = 0;
      job.settle(answer);
      // The answer is taken in before the next body is made, or that would carry an old revision and be answered in full.
      await Promise.resolve();
    } catch (fault) {
      if (fault instanceof Refused && fault.status !== 401) {
        jobs.shift();
        job.fail(fault);
        continue;
      }
      lose(fault);
      await pause(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 4000);
      failures += 1;
    }
  }
  running = false;
  if (kept) keep();
  report();
}

function lose(fault: unknown): void {
  lost = true;
  reason = fault instanceof Gone ? null : "Another run of the program holds this address.";
  keep();
  report();
}

function found(): void {
  lost = false;
  reason = null;
  keep();
}

/** Unsent strokes are written down only while the program does not answer, or the page goes: a disk write a stroke would be felt. */
function keep(leaving = false): void {
  const strokes = lost || leaving ? jobs.flatMap((job) => (job.stroke ? [job.stroke] : [])) : [];
  kept = strokes.length > 0;
  if (kept) localStorage.setItem(store, JSON.stringify(strokes));
  else localStorage.removeItem(store);
}

function report(): void {
  tell("link", { waiting: jobs.length, lost, reason });
}

/** Tells that a request outside of the queue found nobody, or somebody again. */
export function noteLink(alive: boolean): void {
  if (alive === !lost) return;
  if (alive) found();
  else lost = true;
  report();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
