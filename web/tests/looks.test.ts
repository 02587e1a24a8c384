/** What the map and the maps of the files show: lots, measures, and what moved; labels and links. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { Serving, area, drawn, isIn, open, pointIn, saved, served, takeLot } from "./serving";

async function fills(page: Page): Promise<Set<string>> {
  await drawn(page);
  return new Set(await page.locator("#map > g:not(.inset) .areas .area").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("fill") ?? "")));
}

describe("what maps show", () => {
  const serving = served();

  test("areas take the colours of a measure, with a key and in words, and those of their lots again", async () => {
    const { page, clean } = await open(serving().address);
    const lots = await fills(page);
    await page.locator("#colours").selectOption("show=people");
    const key = page.locator(".look-key");
    await key.waitFor();
    const lines = await key.locator("li").allTextContents();
    assert.ok(lines.length >= 3, lines.join());
    const counted = lines.map((line) => Number(/\((\d+) areas?\)/.exec(line)?.[1]));
    assert.equal(counted.reduce((sum, one) => sum + one, 0), await page.locator("#map > g:not(.inset) .areas .area").count());
    assert.equal((await fills(page)).size, lines.length);
    assert.match((await area(page, "Wiltshire").getAttribute("aria-label")) ?? "", /^Wiltshire, lot [^,]+, People[^:]*: [\d,.]+ to /);
    await page.locator("#colours").selectOption("lots");
    await key.waitFor({ state: "hidden" });
    assert.deepEqual(await fills(page), lots);
    clean();
    await page.context().close();
  });

  test("a stroke shows at once on a map of lots by value", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#colours").selectOption("show=lot-value");
    await page.locator(".look-key").waitFor();
    await takeLot(page, "Wales");
    const at = await pointIn(page, "Wiltshire");
    await page.mouse.click(at.x, at.y);
    assert.equal(await area(page, "Wiltshire").getAttribute("fill"), await area(page, "Cardiff").getAttribute("fill"));
    await saved(page);
    clean();
    await page.context().close();
  });

  test("what moved since the plan was opened has the colour of its lot, and all else is pale", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#colours").selectOption({ label: "Moved since the plan was opened" });
    await page.locator(".look-key", { hasText: "No area moves" }).waitFor();
    assert.equal((await fills(page)).size, 1);
    await takeLot(page, "Wales");
    const at = await pointIn(page, "Wiltshire");
    await page.mouse.click(at.x, at.y);
    assert.equal((await fills(page)).size, 2, "it shows at once");
    await page.locator(".look-key", { hasText: "1 area" }).waitFor();
    assert.match((await area(page, "Wiltshire").getAttribute("aria-label")) ?? "", /, moved$/);
    assert.equal((await fills(page)).size, 2);
    clean();
    await page.context().close();
  });

  test("maps to take away show what is chosen, and first what the page shows", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#colours").selectOption("show=share");
    await page.locator(".look-key").waitFor();
    await page.locator("#do-files").click();
    assert.equal(await page.locator("#map-shows").inputValue(), "show=share");
    const take = async (): Promise<string> => {
      const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#get-svg").click()]);
      return readFileSync(await file.path(), "utf8");
    };
    assert.match(await take(), /Share of all people/);
    await page.locator("#map-shows").selectOption("moved_from=cpa");
    await page.locator("#size").selectOption("slide");
    assert.match(await take(), /No area moves/);
    clean();
    await page.context().close();
  });

  test("compared maps are labelled by the program, without one label on another", async () => {
    const { page, clean } = await open(serving().address);
    await takeLot(page, "Wales");
    const at = await pointIn(page, "Wiltshire");
    await page.mouse.click(at.x, at.y);
    await isIn(page, "Wiltshire", "Wales");
    await page.locator("#view-compare").click();
    // Lots of the LEPs have little room on a small map, so most of them are told by pointing at them.
    await page.locator("#baseline").selectOption("lep");
    await page.locator(".compare-view figcaption", { hasText: "LEP" }).waitFor();
    for (const number of [0, 1]) {
      const map = page.locator(".compare-view .still").nth(number);
      await map.locator(".label").first().waitFor();
      const boxes = await map.locator(".label text").evaluateAll((nodes) => nodes.map((node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect();
        return { left, top, right, bottom, of: [...(node.parentElement?.parentElement?.children ?? [])].indexOf(node.parentElement as Element) };
      }));
      const meet = boxes.some((a) => boxes.some((b) => a.of < b.of && a.left < b.right - 3 && b.left < a.right - 3 && a.top < b.bottom - 3 && b.top < a.bottom - 3));
      assert.equal(meet, false);
    }
    clean();
    await page.context().close();
  });

  test("bridges, tunnels and ferries are drawn, where units are of several areas too", async () => {
    const leps = await Serving.start("scenarios/lep-2017", null);
    try {
      const { page, clean } = await open(leps.address);
      const lines = page.locator("#map .links .over");
      assert.ok((await lines.count()) > 3);
      await page.locator(".legend", { hasText: "bridge, tunnel or ferry" }).waitFor();
      const near = async (name: string): Promise<boolean> => {
        const box = await area(page, name).boundingBox();
        const ends = await lines.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect()).map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 })));
        return box !== null && ends.some(({ x, y }) => x > box.x - 15 && x < box.x + box.width + 15 && y > box.y - 15 && y < box.y + box.height + 15);
      };
      assert.ok(await near("North Lincolnshire"), "the Humber Bridge joins LEPs of several authorities");
      clean();
      await page.context().close();
    } finally {
      await leps.end();
    }
  });
});
