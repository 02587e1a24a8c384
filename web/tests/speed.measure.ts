/** How soon a stroke shows (200 strokes on whp-2017), how soon the page opens, and memory under 60 strokes a second for a minute. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Serving, closeBrowser, open, saved } from "./serving";

const STROKES = 200;

/** A stroke: milliseconds to the end of the frame that shows it; colour and money in that frame, and once the program has answered. */
interface Stroke {
  frame: number;
  atFrame: string;
  atLast: string;
}

/** Runs in the page: from the event of the mouse to the first task after the next frame, and to that frame on the screen. */
function watchStrokes(): void {
  const strokes: Stroke[] = [];
  const shown: number[] = [];
  Object.assign(window, { strokes, shown });
  const seen = (area: Element): string => [area.getAttribute("fill"), ...[...document.querySelectorAll("#lots .lot-value, #lots .bar, .here .card:first-child dd:nth-of-type(n+2):nth-of-type(-n+3)")].map((node) => node.textContent || node.getAttribute("width"))].join(" ");
  Object.assign(window, { checkStroke: () => strokes.forEach((stroke) => (stroke.atLast ||= seen((stroke as unknown as { area: Element }).area))) });
  document.addEventListener("pointerdown", (event) => {
    const channel = new MessageChannel();
    const area = event.target as Element;
    channel.port1.onmessage = () => {
      const frame = performance.now() - event.timeStamp;
      const stroke: Stroke = { frame, atFrame: seen(area), atLast: "" };
      Object.defineProperty(stroke, "area", { value: area });
      strokes.push(stroke);
    };
    requestAnimationFrame(() => channel.port2.postMessage(0));
  }, true);
  const presented = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "pointerdown") shown.push(entry.duration);
  });
  presented.observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
}

/** Runs in the page: notes colour and money again, once the program has answered. */
function checkStroke(): void {
  (window as unknown as { checkStroke: () => void }).checkStroke();
}

/** Runs in the page: whether an area lies in the lot in hand. */
function isInHand({ x, y }: { x: number; y: number }): boolean {
  return document.elementFromPoint(x, y)?.getAttribute("aria-selected") === "true";
}

function spread(times: number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(1);
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms`;
}

describe("measures", () => {
  let serving: Serving;
  before(async () => {
    serving = await Serving.start();
  });
  after(async () => {
    await closeBrowser();
    await serving.end();
  });

  test("a stroke shows its effect", async () => {
    const { page } = await open(serving.address);
    await page.waitForTimeout(1500);
    await page.evaluate(watchStrokes);
    const points = await page.evaluate(() => [...document.querySelectorAll("#map .areas .area")].flatMap((node) => {
      const box = node.getBoundingClientRect();
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      return document.elementFromPoint(x, y) === node ? [{ x, y }] : [];
    }));
    for (let turn = 0, stroke = 0; stroke < STROKES; turn++) {
      if (turn % 10 === 0) await page.keyboard.press("]");
      const point = points[(turn * 7) % points.length];
      // An area that is in the lot in hand already would be counted as a fast stroke.
      if (!point || (await page.evaluate(isInHand, point))) continue;
      await page.mouse.click(point.x, point.y);
      await page.waitForFunction((many) => (window as unknown as { strokes: unknown[] }).strokes.length > many, stroke);
      await saved(page);
      await page.evaluate(checkStroke);
      stroke += 1;
    }
    const { strokes, shown } = await page.evaluate(() => {
      const { strokes, shown } = window as unknown as { strokes: Stroke[]; shown: number[] };
      return { strokes, shown };
    });
    console.log(`to the end of the frame: ${spread(strokes.map((stroke) => stroke.frame))}`);
    // Browsers tell these in steps of 8 ms, and nothing below 16.
    console.log(`on the screen: ${spread([...shown, ...Array<number>(STROKES - shown.length).fill(16)])}`);
    assert.deepEqual(strokes.filter((stroke) => stroke.atFrame !== stroke.atLast), [], "colour and money of a stroke stand in its first frame");
    const opened = await page.evaluate(async () => {
      const start = performance.now();
      await (await fetch("/workbench.js")).text();
      const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
      const desk = performance.getEntriesByName(`${location.origin}/api/desk`)[0] as PerformanceResourceTiming | undefined;
      return { script: performance.now() - start, loaded: entry?.loadEventEnd, desk: desk?.duration, deskBytes: desk?.encodedBodySize };
    });
    console.log("opening", JSON.stringify(opened));
    await page.context().close();
  });

  test("the page opens", async () => {
    const began = performance.now();
    const { page } = await open(serving.address);
    await page.locator("#map .area").first().waitFor();
    console.log(`opened in ${(performance.now() - began).toFixed(0)} ms, with a new window`);
    const again = performance.now();
    await page.reload();
    await page.locator("#map .area").first().waitFor();
    console.log(`opened in ${(performance.now() - again).toFixed(0)} ms, again`);
    await page.context().close();
  });

  test("memory stays flat under 60 strokes a second for a minute", async () => {
    const { page } = await open(serving.address);
    const session = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await session.send("HeapProfiler.collectGarbage");
      const { usedSize } = await session.send("Runtime.getHeapUsage");
      return usedSize / 1e6;
    };
    const seconds = Number(process.env["SECONDS"] ?? 60);
    console.log(`heap before: ${(await heap()).toFixed(2)} MB`);
    for (let part = 1; part <= 4; part++) {
      const done = await page.evaluate((milliseconds) => new Promise<number>((resolve) => {
        const areas = [...document.querySelectorAll("#map .areas .area")];
        const lots = [...document.querySelectorAll<HTMLElement>("#lots button.lot")];
        const start = performance.now();
        let strokes = 0;
        const timer = setInterval(() => {
          const due = Math.floor(((performance.now() - start) * 60) / 1000);
          for (; strokes < due; strokes++) {
            const area = areas[(strokes * 13) % areas.length] as Element;
            const box = area.getBoundingClientRect();
            const place = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, bubbles: true, button: 0, pointerId: 1, isPrimary: true };
            lots[strokes % 6]?.click();
            area.dispatchEvent(new PointerEvent("pointerdown", place));
            area.dispatchEvent(new PointerEvent("pointerup", place));
          }
          if (performance.now() - start > milliseconds) {
            clearInterval(timer);
            resolve(strokes);
          }
        }, 16);
      }), (seconds * 1000) / 4);
      const began = performance.now();
      await saved(page, 60_000);
      const entries = await page.evaluate(() => document.querySelectorAll("*").length);
      console.log(`after ${done} strokes: heap ${(await heap()).toFixed(2)} MB, ${entries} elements, saved ${(performance.now() - began).toFixed(0)} ms later`);
    }
    await page.context().close();
  });
});
