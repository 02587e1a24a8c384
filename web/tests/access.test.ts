/** Every view and dialog at both widths: axe finds nothing, nothing runs off the side, targets are large enough. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { DESKTOP, PHONE, Serving, closeBrowser, open } from "./serving";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** SCREENSHOTS=folder keeps what was looked at. */
const SCREENSHOTS = process.env["SCREENSHOTS"];

interface Place {
  name: string;
  enter: (page: Page) => Promise<void>;
}

const escape = (page: Page): Promise<void> => page.keyboard.press("Escape");

const PLACES: readonly Place[] = [
  { name: "map", enter: async (page) => page.locator("#view-map").click() },
  { name: "hover", enter: async (page) => page.locator("#map .areas .area").nth(90).hover({ force: true }) },
  { name: "help", enter: async (page) => page.locator("#do-help").click() },
  { name: "history", enter: async (page) => (await escape(page), page.locator("#do-history").click()) },
  { name: "files", enter: async (page) => (await escape(page), page.locator("#do-files").click()) },
  { name: "problems", enter: async (page) => (await escape(page), page.locator(".problems .count").click()) },
  { name: "rename", enter: async (page) => (await escape(page), page.locator("#side").getByRole("button", { name: "Rename" }).click()) },
  { name: "settings", enter: async (page) => (await escape(page), page.locator("#do-settings").click()) },
  { name: "table", enter: async (page) => (await page.locator("#do-settings").click(), page.locator("#view-table").click()) },
  { name: "compare", enter: async (page) => (await page.locator("#view-compare").click(), await page.locator("#baseline").selectOption({ index: 1 }), page.locator(".compare-view .moves").waitFor()) },
  { name: "optimise", enter: async (page) => page.locator("#do-optimise").click() },
  { name: "task", enter: async (page) => start(page) },
  { name: "review", enter: async (page) => page.locator("#review-title").waitFor({ timeout: 60_000 }) },
];

async function start(page: Page): Promise<void> {
  await page.locator("#kind-repair").check();
  await page.locator("#limit").fill("4");
  await page.locator("dialog").getByRole("button", { name: "Start" }).click();
  await page.locator("#stop-task, #review-title").first().waitFor();
}

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    return (await axe.run({ runOnly: { type: "tag", values: tags } })).violations;
  });
  return found.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`).join(" | ")}`);
}

/** Buttons and fields smaller than 24 px that stand in no sentence, and what is wider than the page. */
async function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = (node: Element): boolean => (node as HTMLElement).checkVisibility();
    const small = [...document.querySelectorAll("button, input, select")].filter(seen).flatMap((node) => {
      const box = node.getBoundingClientRect();
      return box.width < 24 || box.height < 24 ? [`${node.outerHTML.slice(0, 100)} is ${box.width} × ${box.height}`] : [];
    });
    const wide = document.documentElement.scrollWidth > window.innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
    const tiny = [...document.querySelectorAll("body *")].filter((node) => node.childElementCount === 0 && node.textContent?.trim() && seen(node) && parseFloat(getComputedStyle(node).fontSize) < 12 && !node.closest("svg"));
    return [...small, ...wide, ...tiny.map((node) => `tiny text: ${node.outerHTML.slice(0, 100)}`)];
  });
}

describe("everybody can use it", () => {
  let serving: Serving;
  before(async () => {
    serving = await Serving.start();
    if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });
  });
  after(async () => {
    await closeBrowser();
    await serving.end();
  });

  for (const [width, size] of [["desktop", DESKTOP], ["phone", PHONE]] as const) {
    test(`axe finds nothing at ${width} width, and everything fits`, async () => {
      const { page, clean } = await open(serving.address, size);
      for (const { name, enter } of PLACES) {
        await enter(page);
        await page.waitForTimeout(400);
        if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name}-${size.width}.png` });
        assert.deepEqual(await violations(page), [], `${name} at ${width} width`);
        assert.deepEqual(await misfits(page), [], `${name} at ${width} width`);
      }
      clean();
      await page.context().close();
    });
  }

  test("long names of lots and baselines make no page wider than a phone, nor a second line of tools on a desk", async () => {
    const long = await Serving.start("scenarios/lep-2017", "scenarios/restart-2021/plans/cpa.csv");
    const phone = await open(long.address, PHONE);
    const brush = phone.page.locator("#brush");
    const widest = await brush.locator("option").evaluateAll((nodes) => nodes.map((node) => node.textContent?.length ?? 0));
    await brush.selectOption({ index: widest.indexOf(Math.max(...widest)) });
    assert.deepEqual(await misfits(phone.page), []);
    await phone.page.context().close();
    for (const width of [1280, 1440, 1920]) {
      const { page } = await open(long.address, { width, height: 900 });
      assert.ok((await page.locator(".stage-bar").evaluate((node) => node.getBoundingClientRect().height)) < 60, `one line at ${width}`);
      await page.context().close();
    }
    await long.end();
  });

  test("axe finds nothing while the program is away", async () => {
    const { page } = await open(serving.address, PHONE);
    await serving.kill();
    await page.locator("#lost").waitFor({ timeout: 60_000 });
    if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/lost-390.png` });
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await misfits(page), []);
    await page.setViewportSize(DESKTOP);
    if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/lost-1280.png` });
    assert.deepEqual(await violations(page), []);
    await page.context().close();
    await serving.again();
  });

  test("it works with forced colours, with less motion and on paper", async () => {
    const { page, clean } = await open(serving.address);
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    await page.waitForTimeout(200);
    if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/forced-1280.png` });
    assert.equal(await page.locator("#map .area").first().evaluate((node) => getComputedStyle(node).fill !== getComputedStyle(document.body).color), true);
    await page.emulateMedia({ media: "print", forcedColors: "none" });
    assert.equal(await page.locator("#do-optimise").isVisible(), false);
    assert.equal(await page.locator("#lots .lots").isVisible(), true);
    if (SCREENSHOTS) await page.pdf({ path: `${SCREENSHOTS}/print.pdf`, format: "A4" });
    clean();
    await page.context().close();
  });
});
