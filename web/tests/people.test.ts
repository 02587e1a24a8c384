/** Where a scenario lets no money, the page tells lots by their people. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { PHONE, Serving, closeBrowser, open, pointIn, saved, takeLot } from "./serving";

const SCENARIO = "scenarios/reorganisation-2023";

/** Lines of the page, seen or heard, that speak of pounds. */
async function pounds(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const heard = [...document.querySelectorAll("[aria-label], [title]")].flatMap((node) => [node.getAttribute("aria-label") ?? "", node.getAttribute("title") ?? ""]);
    return [...document.body.innerText.split("\n"), ...heard].filter((line) => line.includes("£"));
  });
}

/** How far the page, or what an element holds, goes beyond the screen. */
async function beyond(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluateAll((nodes) => Math.max(0, ...nodes.map((node) => node.getBoundingClientRect().right - document.documentElement.clientWidth)));
}

describe("a scenario that lets no money", () => {
  let serving: Serving;
  before(async () => {
    serving = await Serving.start(SCENARIO, `${SCENARIO}/golden/plan.csv`);
  });
  after(async () => {
    await closeBrowser();
    await serving.end();
  });
  beforeEach(() => serving.reset());

  test("has people in the place of pounds on the map, after a stroke, in the table and beside a baseline", async () => {
    const { page, clean } = await open(serving.address);
    await page.locator(".caption", { hasText: /^\d+ lots with [\d,]+ to [\d,]+ people, of 296 areas and 55,268,067 people/ }).waitFor();
    assert.deepEqual(await pounds(page), []);
    await takeLot(page, "7");
    const at = await pointIn(page, "East Riding of Yorkshire");
    await page.mouse.move(at.x, at.y);
    await page.locator(".effect th", { hasText: "Now, people" }).waitFor();
    assert.match(await page.locator(".effect .change").allTextContents().then((all) => all.join()), /−[\d,]+,? \+[\d,]+/);
    await page.mouse.click(at.x, at.y);
    await saved(page);
    assert.deepEqual(await pounds(page), []);
    assert.match((await page.locator("#lots .lot-facts").first().textContent()) ?? "", /^[\d,]+ people · \d+ areas$/);
    await page.locator("#do-history").click();
    await page.locator(".history .what", { hasText: /: \+[\d,]+ people$/ }).first().waitFor();
    assert.deepEqual(await pounds(page), []);
    await page.keyboard.press("Escape");
    await page.locator("#view-table").click();
    await page.locator(".areas-table tbody tr").first().waitFor();
    assert.deepEqual(await pounds(page), []);
    await page.locator("#view-compare").click();
    await page.locator(".metrics tr", { hasText: /Smallest lot[\d,]+ people/ }).waitFor();
    assert.deepEqual(await pounds(page), []);
    clean();
    await page.context().close();
  });

  test("has people in the place of pounds in problems and in what the optimiser proposes, and fits on a phone", async () => {
    const { page, clean } = await open(serving.address, PHONE);
    // A lot below its floor, so that there is something to repair.
    await page.locator("#in-hand").selectOption({ label: "7" });
    await page.locator("#view-table").click();
    await page.getByLabel("Lot of East Riding of Yorkshire").selectOption({ label: "7" });
    await saved(page);
    await page.locator("#view-map").click();
    await page.locator(".problems .fixes .button", { hasText: "Undo: Moved East Riding" }).waitFor();
    assert.equal(await beyond(page, ".problems .button"), 0);
    await page.locator(".problems .count").click();
    await page.locator("dialog .fixes .button").first().waitFor();
    assert.equal(await beyond(page, "dialog .button"), 0);
    assert.deepEqual(await pounds(page), []);
    await page.keyboard.press("Escape");
    await page.locator("#do-optimise").click();
    await page.locator("#kind-repair").check();
    await page.locator("#limit").fill("10");
    await page.locator("dialog").getByRole("button", { name: "Start" }).click();
    await page.locator(".review-view .lead", { hasText: /\([\d,]+ people\)\. Nothing has changed yet\.$/ }).waitFor({ timeout: 60_000 });
    assert.match((await page.locator(".review-view .metrics").textContent()) ?? "", /Lots below the floor10/);
    assert.ok(await page.locator(".review-view .metrics").evaluate(({ parentElement: box }) => box !== null && box.scrollHeight <= box.clientHeight + 1), "no row is out of sight");
    assert.deepEqual(await pounds(page), []);
    clean();
    await page.context().close();
  });

  test("offers no measure of money, until the settings let some, and then tells pounds everywhere", async () => {
    const { page, clean } = await open(serving.address);
    const measures = (): Promise<string[]> => page.locator("#colours option").evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value).filter((word) => /lot-(value|margin)/.test(word)));
    assert.deepEqual(await measures(), []);
    await page.locator("#do-settings").click();
    const envelope = page.locator('[data-key="funding.envelope_gbp"]');
    await page.locator(".setting", { has: envelope }).locator(".hint", { hasText: "As given: nothing." }).waitFor();
    await envelope.fill("£100m");
    await envelope.press("Enter");
    await page.locator("#lots .lot-value", { hasText: /^£[\d.]+m$/ }).first().waitFor();
    assert.deepEqual(await measures(), ["show=lot-value"]);
    await page.locator("#view-table").click();
    await page.locator(".areas-table tbody td", { hasText: /^£\d+k$/ }).first().waitFor();
    clean();
    await page.context().close();
  });
});
