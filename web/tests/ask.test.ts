/** Asking the program: solve and stop, repair and review, problems and fixes, settings, baselines, downloads. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { CPA, drawn, isIn, lotOf, open, pointIn, reads, saved, served, takeLot } from "./serving";

async function ask(page: Page, kind: string, seconds: number): Promise<void> {
  await page.locator("#do-optimise").click();
  await page.locator(`#kind-${kind}`).check();
  await page.locator("#limit").fill(String(seconds));
  await page.locator("dialog").getByRole("button", { name: "Start" }).click();
}

async function plan(page: Page): Promise<string[]> {
  return page.locator("#map .areas [role=option]").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("aria-label") ?? ""));
}

/** Waits until a running task tells what its best plan is worth. */
async function bestIsTold(page: Page): Promise<void> {
  await page.waitForFunction(() => /[0-9]/.test(document.querySelectorAll(".task dd")[2]?.textContent ?? ""), undefined, { timeout: 60_000 });
}

describe("asking the program", () => {
  const serving = served();

  test("solve streams its best plan, stops when asked, and changes nothing before it is adopted", async () => {
    const { page, clean } = await open(serving().address);
    const mine = await plan(page);
    await ask(page, "solve", 120);
    const board = page.locator(".task .facts");
    await bestIsTold(page);
    await reads(board, /Best.*Bound.*Gap.*Time/);
    await page.waitForFunction((before) => [...document.querySelectorAll("#map .areas [role=option]")].some((node, index) => node.getAttribute("aria-label") !== before[index]), mine, { timeout: 60_000 });
    await page.locator("#stop-task").click();
    await page.locator("#review-title").waitFor({ timeout: 60_000 });
    await reads(page.locator("#review-title"), /Solve from here: a proposal/);
    assert.ok((await page.locator(".review-view .moves tbody tr").count()) > 10);
    await reads(page.locator(".review-view figcaption").nth(1), /^Proposed, what moves from its lot outlined$/);
    assert.equal(await page.locator(".review-view .moved [fill^='url']").count(), 0, "a hatch over most of the map would hide it");
    await page.getByRole("button", { name: "Discard" }).click();
    assert.deepEqual(await plan(page), mine);
    clean();
    await page.context().close();
  });

  test("repair comes back as a difference, of which a part is adopted", async () => {
    const { page, clean } = await open(serving().address);
    const at = await pointIn(page, "Cornwall");
    await takeLot(page, "North East");
    await page.mouse.click(at.x, at.y);
    await saved(page);
    await ask(page, "repair", 10);
    await page.locator("#review-title").waitFor({ timeout: 60_000 });
    const rows = page.locator(".review-view .moves tbody tr");
    const many = await rows.count();
    assert.ok(many >= 2, "Cornwall and Rutland at least have to move");
    assert.equal(await page.locator(".review-view .moved [fill^='url']").count(), many, "what moves is hatched");
    await page.getByRole("button", { name: "Choose none" }).click();
    const cornwall = rows.filter({ hasText: "Cornwall" });
    const target = (await cornwall.locator("td").nth(2).textContent()) ?? "";
    await cornwall.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Adopt chosen" }).click();
    await isIn(page, "Cornwall", target);
    await page.keyboard.press("z");
    await isIn(page, "Cornwall", "North East");
    await saved(page);
    clean();
    await page.context().close();
  });

  test("a problem is shown with its reason, walked to, and mended by its fix", async () => {
    const { page, clean } = await open(serving().address);
    const at = await pointIn(page, "Cornwall");
    await takeLot(page, "North East");
    await page.mouse.click(at.x, at.y);
    await saved(page);
    const strip = page.locator(".problems");
    const fix = strip.getByRole("button", { name: /Attach Cornwall/ }).first();
    for (let step = 0; step < 6 && !(await fix.isVisible()); step++) {
      await page.keyboard.press("n");
      await drawn(page);
    }
    await reads(strip, /Cornwall/);
    await strip.locator(".message").click();
    await page.waitForFunction(() => document.getElementById("map")?.hasAttribute("data-zoomed"));
    await fix.click();
    await isIn(page, "Cornwall", "Southern");
    await saved(page);
    await page.waitForFunction(() => !/Cornwall/.test(document.querySelector(".problems")?.textContent ?? ""));
    clean();
    await page.context().close();
  });

  test("a proposal tells goals before and after, waits while another view is open, and for undo where the plan changes", async () => {
    const { page, clean } = await open(serving().address);
    const at = await pointIn(page, "Cornwall");
    await takeLot(page, "North East");
    await page.mouse.click(at.x, at.y);
    await saved(page);
    await ask(page, "repair", 10);
    await page.locator("#review-title").waitFor({ timeout: 60_000 });
    const rows = await page.locator(".review-view .metrics tr").evaluateAll((nodes) => nodes.map((node) => [...node.children].map((cell) => cell.textContent ?? "")));
    for (const goal of ["Deal splits", "Travel"]) {
      const row = rows.find((cells) => cells[0] === goal) ?? [];
      assert.match(row.slice(1).join(" | "), /^\d.* (people|person-km) \| \d.* (people|person-km)$/);
    }
    const tab = page.locator("#view-review");
    await reads(tab, /^Proposal: \d+ moves?$/);
    for (const view of ["map", "table", "compare"]) {
      await page.locator(`#view-${view}`).click();
      await page.locator(".review-view").waitFor({ state: "hidden" });
      await tab.click();
      await page.getByRole("button", { name: "Adopt all" }).waitFor();
    }
    await page.locator("#view-map").click();
    await page.keyboard.press("z");
    await tab.waitFor({ state: "hidden" });
    await page.keyboard.press("y");
    await tab.click();
    await page.getByRole("button", { name: "Adopt all" }).click();
    await tab.waitFor({ state: "hidden" });
    clean();
    await page.context().close();
  });

  test("rules that no plan can keep are told as such, with what would help", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#do-settings").click();
    const count = page.locator("[data-key='lots.count']");
    await count.fill("99");
    await count.press("Tab");
    await page.waitForFunction(() => /lots\.count=99/.test(document.getElementById("command")?.textContent ?? ""));
    await ask(page, "repair", 10);
    const dialog = page.locator("dialog[open]");
    await dialog.getByRole("heading", { name: "No plan exists" }).waitFor({ timeout: 60_000 });
    const words = (await dialog.textContent()) ?? "";
    assert.match(words, /no plan keeps all the rules.*99 lots are asked for, but there can be 21 at most.*Ask for fewer lots.*2 rules cannot hold together/s);
    assert.doesNotMatch(words, /Give it longer/);
    clean();
    await page.context().close();
  });

  test("while a task runs, the problems of the plan on the desk and their fixes are away", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator(".problems .fixes button").first().waitFor();
    await ask(page, "solve", 120);
    await page.locator(".problems .at-work").waitFor();
    assert.equal(await page.locator(".problems button").count(), 0);
    // A search that is stopped before it has a plan ends without a proposal.
    await bestIsTold(page);
    await page.locator("#stop-task").click();
    await page.locator("#review-title").waitFor({ timeout: 60_000 });
    await page.locator(".problems .fixes button").first().waitFor();
    clean();
    await page.context().close();
  });

  test("areas that are placed are not hatched, those that move are", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator(".problems").getByRole("button", { name: "Attach Rutland to Central" }).click();
    await isIn(page, "Rutland", "Central");
    await page.locator(".lot.open").click();
    const at = await pointIn(page, "Cornwall");
    await page.mouse.click(at.x, at.y);
    await isIn(page, "Cornwall", "");
    await saved(page);
    await ask(page, "finish", 10);
    await page.locator("#review-title").waitFor({ timeout: 60_000 });
    assert.equal(await page.locator(".review-view .moved path").count(), 0);
    assert.deepEqual(await page.locator(".review-view figcaption").allTextContents(), ["Now", "Proposed"]);
    clean();
    await page.context().close();
  });

  test("a second page on the desk shows the strokes of the first", async () => {
    const first = await open(serving().address);
    const second = await first.page.context().newPage();
    await second.goto(serving().address);
    await second.locator("#map").waitFor();
    await first.page.bringToFront();
    const at = await pointIn(first.page, "Cornwall");
    await takeLot(first.page, "North East");
    await first.page.mouse.click(at.x, at.y);
    await saved(first.page);
    await second.bringToFront();
    await isIn(second, "Cornwall", "North East");
    await second.getByText("changed in another window").waitFor();
    first.clean();
    await first.page.context().close();
  });

  test("what is in no lot is placed by finish", async () => {
    const { page, clean } = await open(serving().address);
    // The CPAs hold Rutland apart from its lot, and finish moves nothing that is placed.
    await page.locator(".problems").getByRole("button", { name: "Attach Rutland to Central" }).click();
    await isIn(page, "Rutland", "Central");
    await page.locator(".lot.open").click();
    for (const name of ["Cornwall", "Wiltshire"]) {
      const at = await pointIn(page, name);
      await page.mouse.click(at.x, at.y);
    }
    await isIn(page, "Wiltshire", "");
    await page.waitForFunction(() => /2 areas/.test(document.querySelector(".lot.open")?.textContent ?? ""));
    await saved(page);
    await ask(page, "finish", 10);
    await page.locator("#review-title, dialog[open] .error-summary").first().waitFor({ timeout: 60_000 });
    await reads(page.locator("#review-title"), /a proposal$/);
    await reads(page.locator(".review-view .lead"), /^2 areas that are in no lot are placed \([\d,]+ people, £[\d.]+m\)\./);
    await page.getByRole("button", { name: "Adopt all" }).click();
    await page.waitForFunction(() => /every area/.test(document.querySelector(".lot.open")?.textContent ?? ""));
    assert.notEqual(await lotOf(page, "Cornwall"), "");
    clean();
    await page.context().close();
  });

  test("a setting takes effect at once, a wrong one is told beside its field, undo takes it back", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#do-settings").click();
    const floor = page.locator("[data-key='viability.floor_gbp']");
    await floor.fill("£60m");
    await floor.press("Tab");
    await page.locator("#lots .tag", { hasText: "Below floor" }).first().waitFor();
    await reads(page.locator("#command"), /--set viability\.floor_gbp=60000000/);
    await page.locator("[data-key='viability.floor_gbp']").fill("as much as you like");
    await page.locator("[data-key='viability.floor_gbp']").press("Tab");
    await page.locator(".setting.wrong .error-message").waitFor();
    await reads(page.locator(".setting.wrong .error-message"), /\w{4}/);
    await page.locator("#do-undo").click();
    await page.waitForFunction(() => ![...document.querySelectorAll("#lots .tag")].some((node) => node.textContent?.includes("Below floor")));
    clean(/422/);
    await page.context().close();
  });

  test("settings give way to the review and to another view, and Escape closes them", async () => {
    const { page, clean } = await open(serving().address);
    const panel = page.locator("#side .settings");
    const toggle = page.locator("#do-settings");
    await toggle.click();
    await panel.waitFor();
    const floor = page.locator("[data-key='viability.floor_gbp']");
    await floor.fill("1");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    await drawn(page);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "do-settings", "the focus goes back");
    await toggle.click();
    assert.notEqual(await floor.inputValue(), "1", "what was typed and not set is dropped");
    await page.locator("#view-compare").click();
    await panel.waitFor({ state: "hidden" });
    await page.locator("#view-map").click();
    await ask(page, "solve", 4);
    await toggle.click();
    await panel.waitFor();
    await page.locator("#review-title").waitFor({ timeout: 60_000 });
    await panel.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Adopt all" }).click({ trial: true });
    clean();
    await page.context().close();
  });

  test("two baselines of one name are told apart", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#view-compare").click();
    const words = await page.locator("#baseline option").allTextContents();
    assert.equal(new Set(words).size, words.length);
    assert.ok(words.includes("LEP (38 lots, plan file)") && words.includes("LEP (37 lots, grouping of areas)"), words.join("; "));
    clean();
    await page.context().close();
  });

  test("a baseline stands beside the plan, with figures, moves and linked hover", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#view-compare").click();
    await page.locator("#baseline").selectOption({ index: 1 });
    await page.locator(".compare-view figcaption").nth(1).filter({ hasText: "LEP" }).waitFor();
    assert.equal(await page.locator(".compare-view .still").count(), 3);
    assert.ok((await page.locator(".compare-view .moved path").count()) > 0);
    assert.ok((await page.locator(".compare-view .moves tbody tr").count()) > 0);
    await reads(page.locator("#command"), /^lotwright compare \S*whp-2017 --plan \S+plan\.csv --plan \S+\.csv$/);
    await reads(page.locator(".compare-view .metrics"), /Lots.*Smallest lot.*Deals cut/s);
    await page.locator(".compare-view .still").first().locator(".area").nth(40).hover({ force: true });
    await page.waitForFunction(() => [...document.querySelectorAll(".compare-view .mark.hover")].every((node) => (node.getAttribute("d") ?? "").length > 0));
    clean();
    await page.context().close();
  });

  test("a plan of one's own is opened, and one that cannot be read is told", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#do-files").click();
    await page.locator("#plan-file").setInputFiles({ name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from("area_code,lot_id\nX99999999,1\n") });
    await page.locator("dialog [role=status]", { hasText: "X99999999" }).waitFor();
    await page.locator("#plan-file").setInputFiles({ name: "mine.csv", mimeType: "text/csv", buffer: readFileSync(`../${CPA.replace("cpa", "lep")}`) });
    await page.locator("dialog").waitFor({ state: "detached" });
    await isIn(page, "Cornwall", "Cornwall and Isles of Scilly");
    clean(/422/);
    await page.context().close();
  });

  test("the command line can be copied", async () => {
    const { page, clean } = await open(serving().address);
    await page.getByRole("button", { name: "Copy the command" }).click();
    await page.getByText("Copied", { exact: true }).waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^lotwright evaluate .*whp-2017.* --plan /);
    clean();
    await page.context().close();
  });

  const START: Record<string, string | Buffer> = {
    csv: "area_code,lot_id", "lots-csv": "lot_id,", "cpa-areas": ",", "cpa-authorities": ",", "cpa-html": "<!doctype html", "csv-metadata": "{", xlsx: "PK", ods: "PK", json: "{", geojson: "{", "lots-geojson": "{", gpkg: "SQLite format 3\0", shp: "PK",
    svg: "<svg", png: Buffer.from([0x89, 0x50, 0x4e, 0x47]), pdf: "%PDF-", html: "<!doctype html",
  };

  test("every download is a file of its kind", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#do-files").click();
    const offered = await page.locator(".downloads button").evaluateAll((nodes) => nodes.map((node) => node.id.replace("get-", "")));
    assert.deepEqual(offered, Object.keys(START));
    for (const [k, kind] of offered.entries()) {
      if (k % 7 === 6) {
        // A browser asks before it takes more than ten files from one page in a row.
        await page.reload();
        await page.locator("#do-files").click();
      }
      const coming = page.waitForEvent("download", { timeout: 30_000 });
      await page.locator(`#get-${kind}`).click();
      const file = await coming;
      const bytes = readFileSync(await file.path());
      const start = Buffer.from(START[kind] ?? "");
      assert.ok(bytes.subarray(0, 400).toString("latin1").toLowerCase().includes(start.toString("latin1").toLowerCase()), `${kind} begins ${bytes.subarray(0, 40).toString("latin1")}`);
      if (kind === "csv") assert.equal(bytes.toString().trim().split("\n").length, 306);
      if (kind.endsWith("geojson")) assert.equal((JSON.parse(bytes.toString()) as { type: string }).type, "FeatureCollection");
    }
    clean();
    await page.context().close();
  });
});
