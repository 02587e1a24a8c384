/** Painting: by mouse, by keyboard and in the table; undo, locks, and what outlives a reload and a crash. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, area, drawn, isIn, lotOf, open, pointIn, reads, saved, served, takeLot } from "./serving";

describe("painting", () => {
  const serving = served();

  test("a click gives an area to the lot in hand, and undo takes it back", async () => {
    const { page, clean } = await open(serving().address);
    assert.equal(await lotOf(page, "Allerdale"), "North West");
    await takeLot(page, "Central");
    const at = await pointIn(page, "Allerdale");
    await page.mouse.click(at.x, at.y);
    assert.equal(await lotOf(page, "Allerdale"), "Central", "it shows at once");
    await saved(page);
    await page.locator("#spoken", { hasText: "Allerdale" }).waitFor();
    await page.keyboard.press("z");
    await isIn(page, "Allerdale", "North West");
    await page.keyboard.press("Control+y");
    await isIn(page, "Allerdale", "Central");
    clean();
    await page.context().close();
  });

  test("a sweep is one stroke and one undo", async () => {
    const { page, clean } = await open(serving().address);
    await takeLot(page, "Wales");
    const from = await pointIn(page, "Cornwall");
    const to = await pointIn(page, "Mid Devon");
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 12 });
    await page.mouse.up();
    const swept = ["Cornwall", "Mid Devon"];
    for (const name of swept) assert.equal(await lotOf(page, name), "Wales");
    await saved(page);
    await page.keyboard.press("z");
    for (const name of swept) await isIn(page, name, "Southern");
    clean();
    await page.context().close();
  });

  test("Shift draws a box, Alt picks a lot, Escape drops a sweep", async () => {
    const { page, clean } = await open(serving().address);
    await takeLot(page, "Wales");
    const from = await pointIn(page, "Cornwall");
    await page.keyboard.down("Shift");
    await page.mouse.move(from.x - 60, from.y - 90);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 60, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    assert.equal(await lotOf(page, "Cornwall"), "Wales");
    await saved(page);
    const north = await pointIn(page, "Northumberland");
    await page.keyboard.down("Alt");
    await page.mouse.click(north.x, north.y);
    await page.keyboard.up("Alt");
    await page.locator("#lots button.lot[aria-pressed=true]", { hasText: "North East" }).waitFor();
    const wilts = await pointIn(page, "Wiltshire");
    await page.mouse.move(wilts.x, wilts.y);
    await page.mouse.down();
    assert.equal(await lotOf(page, "Wiltshire"), "North East");
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await isIn(page, "Wiltshire", "Southern");
    clean();
    await page.context().close();
  });

  test("the keyboard walks from area to area and paints", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#map").focus();
    await page.keyboard.press("Home");
    await drawn(page);
    const first = await page.locator("#map").getAttribute("aria-activedescendant");
    await page.keyboard.press("ArrowDown");
    await drawn(page);
    const second = await page.locator("#map").getAttribute("aria-activedescendant");
    assert.notEqual(first, second, "the arrow leads on");
    const name = ((await page.locator(`#${second}`).getAttribute("aria-label")) ?? "").split(",")[0] ?? "";
    await page.keyboard.press("5");
    await page.locator("#lots .lots > li:nth-child(5) button.lot[aria-pressed=true]").waitFor();
    const lot = (await page.locator("#lots button.lot[aria-pressed=true] .lot-name").getAttribute("title"))?.split(":")[0] ?? "";
    await page.keyboard.press("Enter");
    await isIn(page, name, lot);
    await saved(page);
    await page.keyboard.press("z");
    await page.waitForFunction(([id, given]) => !(document.getElementById(id ?? "")?.getAttribute("aria-label") ?? "").includes(`lot ${given}`), [second, lot] as const);
    clean();
    await page.context().close();
  });

  test("keys are silent in fields, and can be switched off", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#view-table").click();
    await page.locator("#table-filter").fill("");
    await page.locator("#table-filter").type("n3?q");
    await drawn(page);
    assert.equal(await page.locator("dialog").count(), 0);
    await page.locator("#view-map").click();
    await page.locator("#do-help").click();
    await page.locator("#keys-on").uncheck();
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await drawn(page);
    assert.equal(await page.locator("dialog").count(), 0, "the single key is silent");
    clean();
    await page.context().close();
  });

  test("locked areas and lots stay where they are", async () => {
    const { page, clean } = await open(serving().address);
    const at = await pointIn(page, "Allerdale");
    await page.mouse.move(at.x, at.y);
    await page.keyboard.press("k");
    await page.waitForFunction(() => [...document.querySelectorAll("#map [role=option]")].some((node) => node.getAttribute("aria-label") === "Allerdale, lot North West, locked"));
    await takeLot(page, "Wales");
    await page.mouse.click(at.x, at.y);
    assert.equal(await lotOf(page, "Allerdale"), "North West");
    await page.getByRole("button", { name: "Lock lot Southern", exact: true }).click();
    await page.getByRole("button", { name: "Unlock lot Southern" }).waitFor();
    const wilts = await pointIn(page, "Wiltshire");
    await page.mouse.click(wilts.x, wilts.y);
    assert.equal(await lotOf(page, "Wiltshire"), "Southern");
    await page.getByRole("button", { name: "Unlock lot Southern" }).click();
    await page.getByRole("button", { name: "Lock lot Southern", exact: true }).waitFor();
    await page.mouse.click(wilts.x, wilts.y);
    assert.equal(await lotOf(page, "Wiltshire"), "Wales");
    await saved(page);
    clean();
    await page.context().close();
  });

  test("undo reaches back across a reload, and the history goes to any point", async () => {
    const { page, clean } = await open(serving().address);
    await takeLot(page, "Central");
    for (const name of ["Allerdale", "Carlisle"]) {
      const at = await pointIn(page, name);
      await page.mouse.click(at.x, at.y);
    }
    await saved(page);
    await page.reload();
    await isIn(page, "Carlisle", "Central");
    await page.locator("#do-undo").click();
    await isIn(page, "Carlisle", "North West");
    await isIn(page, "Allerdale", "Central");
    await page.locator("#do-history").click();
    const entry = page.locator("dialog .history li").filter({ hasText: "Carlisle" });
    await reads(entry, /Moved Carlisle from North West to Central/);
    await entry.getByRole("button").click();
    await isIn(page, "Carlisle", "Central");
    clean();
    await page.context().close();
  });

  test("a lot that has no area yet can be made, painted and renamed", async () => {
    const { page, clean } = await open(serving().address);
    const before = await page.locator("#lots .lots > li").count();
    await page.getByRole("button", { name: "New lot" }).click();
    await page.waitForFunction((many) => document.querySelectorAll("#lots .lots > li").length === many + 1, before);
    const at = await pointIn(page, "Cornwall");
    await page.mouse.click(at.x, at.y);
    assert.notEqual(await lotOf(page, "Cornwall"), "Southern");
    await saved(page);
    await page.locator("#side").getByRole("button", { name: "Rename" }).click();
    await page.locator("#lot-new-name").fill("Far West");
    await page.getByRole("button", { name: "Save name" }).click();
    await page.locator("#lots").getByText("Far West").first().waitFor();
    clean();
    await page.context().close();
  });

  test("the table does what the map does", async () => {
    const { page, clean } = await open(serving().address);
    await page.locator("#view-table").click();
    await page.locator("#table-filter").fill("eden");
    const row = page.locator(".areas-table tbody tr").filter({ has: page.getByRole("rowheader", { name: "Eden", exact: true }) });
    await row.getByRole("combobox").selectOption({ label: "Wales" });
    await saved(page);
    await page.locator("#table-filter").fill("corn");
    await page.getByRole("checkbox", { name: "Choose Cornwall" }).check();
    await page.locator("#table-target").selectOption({ label: "Wales" });
    await page.getByRole("button", { name: "Move chosen" }).click();
    await page.getByRole("checkbox", { name: "Lock Cornwall" }).check();
    await saved(page);
    await page.locator("#table-filter").fill("");
    await page.locator("#table-lot").selectOption({ label: "Wales" });
    await page.waitForFunction(() => document.querySelectorAll(".areas-table tbody tr").length === 24);
    await page.locator(".areas-table").getByRole("button", { name: "People" }).click();
    await page.locator(".areas-table").getByRole("button", { name: "People" }).click();
    await reads(page.locator(".areas-table th[aria-sort=descending]"), /^People$/);
    await page.locator("#view-map").click();
    await isIn(page, "Eden", "Wales");
    clean();
    await page.context().close();
  });

  test("a finger paints on a phone", async () => {
    const { page, clean } = await open(serving().address, PHONE);
    await page.locator("#in-hand").selectOption({ label: "Wales" });
    await area(page, "Wiltshire").scrollIntoViewIfNeeded();
    const at = await pointIn(page, "Wiltshire");
    await page.touchscreen.tap(at.x, at.y);
    await isIn(page, "Wiltshire", "Wales");
    await saved(page);
    clean();
    await page.context().close();
  });

  test("a second finger takes the stroke of the first back, and zooms", async () => {
    const { page, clean } = await open(serving().address, PHONE);
    const strokes: string[] = [];
    page.on("request", (request) => request.url().endsWith("/api/strokes") && strokes.push(request.url()));
    await page.locator("#in-hand").selectOption({ label: "Wales" });
    await area(page, "Wiltshire").scrollIntoViewIfNeeded();
    const { x, y } = await pointIn(page, "Wiltshire");
    const before = await lotOf(page, "Wiltshire");
    const hand = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...at: number[]): Promise<unknown> =>
      hand.send("Input.dispatchTouchEvent", { type, touchPoints: at.map((left, id) => ({ x: left, y, id })) });
    await touch("touchStart", x);
    await isIn(page, "Wiltshire", "Wales");
    await touch("touchStart", x, x - 40);
    await isIn(page, "Wiltshire", before);
    await touch("touchMove", x, x - 80);
    await touch("touchMove", x, x - 120);
    await page.locator("#map[data-zoomed]").waitFor();
    await touch("touchEnd");
    await saved(page);
    assert.equal(await lotOf(page, "Wiltshire"), before);
    assert.deepEqual(strokes, [], "no stroke was sent");
    // The hand is free again: one finger paints.
    const again = await pointIn(page, "Wiltshire");
    await page.touchscreen.tap(again.x, again.y);
    await isIn(page, "Wiltshire", "Wales");
    await saved(page);
    assert.equal(strokes.length, 1);
    clean();
    await page.context().close();
  });

  test("strokes in quick succession are each answered in short, and all arrive", async () => {
    const { page, clean } = await open(serving().address);
    const answers: Promise<{ lot_of_seat?: unknown }>[] = [];
    page.on("response", (response) => {
      if (response.url().endsWith("/api/strokes")) answers.push(response.json() as Promise<{ lot_of_seat?: unknown }>);
    });
    await takeLot(page, "Wales");
    const names = ["Wiltshire", "Cornwall", "Torridge", "Mid Devon", "Mendip", "Sedgemoor"];
    const points = [];
    for (const name of names) points.push(await pointIn(page, name));
    await page.evaluate((at) => {
      for (const { x, y } of at) {
        const target = document.elementFromPoint(x, y);
        const event = { clientX: x, clientY: y, bubbles: true, button: 0, pointerId: 1 };
        target?.dispatchEvent(new PointerEvent("pointerdown", event));
        target?.dispatchEvent(new PointerEvent("pointerup", event));
      }
    }, points);
    await saved(page);
    const all = await Promise.all(answers);
    assert.equal(all.length, names.length, "one stroke each");
    assert.deepEqual(all.filter((answer) => answer.lot_of_seat !== undefined), []);
    await page.reload();
    for (const name of names) await isIn(page, name, "Wales");
    clean(/setPointerCapture/);
    await page.context().close();
  });

  test("another page on the same desk follows", async () => {
    const one = await open(serving().address);
    const other = await open(serving().address);
    await takeLot(one.page, "Wales");
    const at = await pointIn(one.page, "Wiltshire");
    await one.page.mouse.click(at.x, at.y);
    await isIn(other.page, "Wiltshire", "Wales");
    one.clean();
    other.clean();
    await one.page.context().close();
    await other.page.context().close();
  });

  test("an address without its key is refused in plain words", async () => {
    const { page } = await open(serving().address);
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await page.getByRole("heading", { name: "The scenario cannot be opened" }).waitFor();
    await reads(page.locator("#main"), /lacks its key.*Open the whole address/);
    await page.context().close();
  });

  test("a program that is gone is told plainly, and strokes wait for it", async () => {
    const { page, clean } = await open(serving().address);
    await takeLot(page, "Wales");
    const first = await pointIn(page, "Wiltshire");
    await page.mouse.click(first.x, first.y);
    await saved(page);
    await serving().kill();
    const at = await pointIn(page, "Cornwall");
    await page.mouse.click(at.x, at.y);
    await page.locator("#lost").waitFor();
    await reads(page.locator("#banner"), /does not answer.*1 change kept.*lotwright serve/s);
    assert.equal(await lotOf(page, "Cornwall"), "Wales", "it goes on showing what was painted");
    await serving().again();
    await page.locator("#lost").waitFor({ state: "detached", timeout: 30_000 });
    await saved(page);
    await page.reload();
    await isIn(page, "Cornwall", "Wales");
    await isIn(page, "Wiltshire", "Wales");
    clean(/Failed to load resource|ERR_CONNECTION/);
    await page.context().close();
  });
});
