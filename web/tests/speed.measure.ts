/** How soon a stroke shows (200 strokes on whp-2017), how soon the page opens, and memory under 60 strokes a second for a minute. */
import { after, before, describe, test } from "node:test";
import { Serving, closeBrowser, open, saved } from "./serving";

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
    await page.evaluate(() => {
      const times: number[] = [];
      (window as unknown as { times: number[] }).times = times;
      // From the event of the mouse to the first task after the frame that shows it.
      document.addEventListener("pointerdown", (event) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          performance.measure("stroke", { start: event.timeStamp });
          times.push(performance.now() - event.timeStamp);
        };
        requestAnimationFrame(() => channel.port2.postMessage(0));
      }, true);
    });
    const points = await page.evaluate(() => [...document.querySelectorAll("#map .areas .area")].flatMap((node) => {
      const box = node.getBoundingClientRect();
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      return document.elementFromPoint(x, y) === node ? [{ x, y }] : [];
    }));
    for (let stroke = 0; stroke < 200; stroke++) {
      if (stroke % 10 === 0) await page.keyboard.press("]");
      const point = points[(stroke * 7) % points.length];
      if (!point) continue;
      await page.mouse.click(point.x, point.y);
      await page.waitForFunction((many) => (window as unknown as { times: number[] }).times.length > many, stroke);
    }
    await saved(page);
    const times = (await page.evaluate(() => (window as unknown as { times: number[] }).times)).sort((a, b) => a - b);
    const at = (part: number): string => (times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? 0).toFixed(1);
    console.log(`strokes: ${times.length}; median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms`);
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
