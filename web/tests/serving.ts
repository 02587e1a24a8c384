/** A running `lotwright serve` and a browser on its page: what every test of the page begins with. */
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, beforeEach } from "node:test";
import { chromium, type Browser, type Locator, type Page } from "playwright-core";

const ROOT = resolve(process.cwd(), "..");
const PROGRAM = resolve(ROOT, process.env["LOTWRIGHT"] ?? "target/release/lotwright");
/** A folder with a page built there, shown in the place of the program's own, so that the program need not be built for each change of the page. */
const PAGE = process.env["PAGE"];
export const CPA = "scenarios/whp-2017/plans/cpa.csv";
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** How long anything may take to show, in milliseconds, on a machine that is busy with something else. */
const PATIENCE = 30_000;

/** The program, serving a scenario from a folder of its own. */
export class Serving {
  private constructor(
    private child: ChildProcess,
    readonly address: string,
    readonly folder: string,
    private readonly args: string[],
  ) {}

  static async start(scenario = "scenarios/whp-2017", plan: string | null = CPA, folder = mkdtempSync(join(tmpdir(), "lotwright-page-"))): Promise<Serving> {
    const args = ["serve", scenario, "--no-open", "--json", "--out", folder];
    const { child, address } = await launch(plan ? [...args, "--plan", plan] : args);
    return new Serving(child, address, folder, args);
  }

  /** Takes back everything but the opening of the plan. */
  async reset(): Promise<void> {
    const [origin, token] = this.address.split("/#token=");
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const answer = await fetch(`${origin}/api/goto`, { method: "POST", headers, body: JSON.stringify({ cursor: 1 }) });
    assert.equal(answer.status, 200);
  }

  /** Ends the program at once, as a power cut would. */
  async kill(): Promise<void> {
    const gone = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGKILL");
    await gone;
  }

  /** Starts it again on the same folder. */
  async again(): Promise<void> {
    const started = await launch(this.args);
    this.child = started.child;
    assert.equal(started.address, this.address, "the address outlives the program");
  }

  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function launch(args: string[]): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(PROGRAM, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const errors: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const address = /http:\/\/[^"\s]+/.exec(line)?.[0];
    if (address) return { child, address };
  }
  throw new Error(`the program ended without an address: ${lines.join("\n")}${errors.join("")}`);
}

let shared: Browser | null = null;

export async function browser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  shared ??= await chromium.launch({ executablePath, args: ["--no-sandbox", "--enable-precise-memory-info"] });
  return shared;
}

export async function closeBrowser(): Promise<void> {
  await shared?.close();
  shared = null;
}

/** A program for all tests of a group, with nothing on its desk but the opening of the plan when each begins. */
export function served(): () => Serving {
  let serving: Serving | null = null;
  const there = (): Serving => {
    assert.ok(serving, "the program has not been started");
    return serving;
  };
  before(async () => {
    serving = await Serving.start();
  });
  after(async () => {
    await closeBrowser();
    await there().end();
  });
  beforeEach(() => there().reset());
  return there;
}

/** A page with an eye on what it must never do: complain, or ask anybody else. */
export interface Watched {
  page: Page;
  /** Fails where the console told of an error or a request went elsewhere; expected ones are named. */
  clean: (...expected: RegExp[]) => void;
}

export async function open(address: string, size = DESKTOP): Promise<Watched> {
  const context = await (await browser()).newContext({ viewport: size, hasTouch: size.width < 500, acceptDownloads: true });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  if (PAGE) await context.route(/\/workbench\.(js|css)$/, (route) => route.fulfill({ path: join(PAGE, new URL(route.request().url()).pathname) }));
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults: string[] = [];
  const home = new URL(address).origin;
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (line) => {
    if (["error", "warning"].includes(line.type())) faults.push(`console: ${line.text()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== home && !["data:", "blob:"].includes(url.protocol)) faults.push(`request to ${url.href}`);
  });
  await page.goto(address);
  await page.locator("#map").waitFor();
  const clean = (...expected: RegExp[]): void => assert.deepEqual(faults.filter((fault) => !expected.some((known) => known.test(fault))), []);
  return { page, clean };
}

/** Waits until what was done is drawn: what a key or a click changes stands in the frame after it at the latest. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Waits until the text of an element matches. */
export async function reads(element: Locator, pattern: RegExp): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const text = (await element.textContent()) ?? "";
    if (pattern.test(text)) return;
    if (Date.now() > deadline) assert.match(text, pattern);
    await element.page().waitForTimeout(50);
  }
}

/** The path of an area, by its name. */
export function area(page: Page, name: string): Locator {
  return page.locator(`#map .areas [role=option][aria-label^="${name},"]`).first();
}

/** The lot that the map shows an area in. */
export async function lotOf(page: Page, name: string): Promise<string> {
  const label = (await area(page, name).getAttribute("aria-label")) ?? "";
  return /, (?:lot ([^,]+)|in no lot)/.exec(label)?.[1] ?? "";
}

/** A point of the screen that lies in an area. */
export async function pointIn(page: Page, name: string): Promise<{ x: number; y: number }> {
  return area(page, name).evaluate((node) => {
    const path = node as SVGPathElement;
    const box = path.getBoundingClientRect();
    for (let step = 1; step < 400; step++) {
      const x = box.left + (box.width * ((step * 7) % 20) + box.width / 2) / 20.5;
      const y = box.top + (box.height * (step % 20) + box.height / 2) / 20.5;
      if (document.elementFromPoint(x, y) === path) return { x, y };
    }
    throw new Error("no point of the area is in sight");
  });
}

/** Takes a lot in hand by its place in the list. */
export async function takeLot(page: Page, id: string): Promise<void> {
  await page.locator("#lots .lots > li").filter({ has: page.locator(`.lot-name[title^="${id}:"]`) }).locator("button.lot").click();
}

/** Waits until every change is saved. */
export async function saved(page: Page, timeout = PATIENCE): Promise<void> {
  await page.waitForFunction(() => document.querySelector(".saved:not(.lost):not([data-waiting])") !== null, undefined, { timeout });
}

/** Waits until the map shows an area in a lot. */
export async function isIn(page: Page, name: string, lot: string): Promise<void> {
  await page.waitForFunction(
    ([wanted, id]) => [...document.querySelectorAll("#map .areas [role=option]")].some((node) => (node.getAttribute("aria-label") ?? "").startsWith(`${wanted}, ${id ? `lot ${id}` : "in no lot"}`)),
    [name, lot] as const,
    { timeout: PATIENCE },
  );
}
