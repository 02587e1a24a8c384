/** The colours of the map where they show no lots: asked from the program, again when the plan has rested, with their key. */
import { Refused, get } from "../api";
import { on, say, tell } from "../bus";
import { h, replace, s } from "../dom";
import { count } from "../format";
import { NONE, type Plan } from "../plan";
import { noteLink, waiting } from "../queue";
import type { LookClass, LookSeen } from "../types";
import { LOTS, lookOptions, type Choice } from "./looks";

const REST_MS = 200;
/** Ground of areas that stay, and of those without a figure. */
const PALE = "#f3f2f1";

export class Colours {
  choice: Choice = LOTS;
  readonly key = h("div", { class: "look-key", hidden: true });
  readonly select = h("select", { id: "colours", class: "select", onchange: () => this.choose(this.select.value) });
  private look: LookSeen | null = null;
  /** Areas painted since the look was asked: they moved, though it does not say so yet. */
  private readonly fresh = new Set<number>();
  private timer = 0;
  private asked = 0;

  constructor(private readonly plan: Plan) {
    this.offer();
    on("plan", ({ areas }) => this.planChanged(areas));
    on("settings", () => (this.offer(), this.later()));
    let away = false;
    on("link", ({ lost }) => {
      if (away && !lost) this.later();
      away = lost;
    });
  }

  /** The colour of an area that lies in a lot; null where it is that of the lot. */
  fill(area: number, lot: number): string | null {
    const { look } = this;
    if (!look || this.plan.preview) return null;
    const known = this.classOf(area, lot);
    if (look.of !== "moved") return known?.fill ?? (lot === NONE ? null : PALE);
    return known || this.fresh.has(area) ? null : PALE;
  }

  /** What the colour of an area says, for those who do not see it. */
  words(area: number, lot: number): string {
    const known = this.classOf(area, lot);
    if (!this.look || this.plan.preview || !known) return "";
    return this.look.of === "moved" ? ", moved" : `, ${this.look.title}: ${known.words}`;
  }

  isOn(): boolean {
    return this.look !== null && !this.plan.preview;
  }

  private classOf(area: number, lot: number): LookClass | null {
    const index = this.look?.class_of[this.look.of === "lot" ? lot : area];
    return index === null || index === undefined ? null : (this.look?.classes[index] ?? null);
  }

  private choose(choice: Choice): void {
    this.choice = choice;
    this.fresh.clear();
    if (choice !== LOTS) return void this.ask(true);
    this.asked += 1;
    this.show(null);
    say("The map shows the lots");
  }

  private planChanged(areas: readonly number[] | null): void {
    if (this.choice === LOTS) return;
    for (const area of areas ?? []) this.fresh.add(area);
    this.later();
  }

  /** Settings may bring measures and take them away; one that goes while it is shown is refused by the program, in words. */
  private offer(): void {
    this.select.replaceChildren(...lookOptions(this.plan));
    this.select.value = this.choice;
  }

  private later(): void {
    window.clearTimeout(this.timer);
    if (this.choice !== LOTS) this.timer = window.setTimeout(() => void this.ask(false), REST_MS);
  }

  private async ask(aloud: boolean): Promise<void> {
    if (waiting().length > 0) return this.later();
    const ticket = ++this.asked;
    try {
      const look = await get<LookSeen>(`/api/look?${this.choice}`);
      if (ticket !== this.asked) return;
      this.fresh.clear();
      this.show(look);
      if (aloud) say(`The map shows: ${look.title}`);
    } catch (fault) {
      if (ticket !== this.asked) return;
      if (fault instanceof Refused) {
        this.select.value = LOTS;
        this.choose(LOTS);
        tell("say", { words: `The map shows the lots again: ${fault.message}.`, urgent: true });
      } else noteLink(false);
    }
  }

  private show(look: LookSeen | null): void {
    this.look = look;
    this.key.hidden = look === null;
    if (look) replace(this.key, h("strong", {}, look.title), h("ul", { class: "legend" }, ...keyLines(look)));
    tell("look", {});
  }
}

function keyLines(look: LookSeen): HTMLElement[] {
  const line = (fill: string, words: string): HTMLElement => h("li", {}, s("svg", { class: "key", viewBox: "0 0 18 12", "aria-hidden": "true" }, s("rect", { width: 18, height: 12, fill })), words);
  const what = (many: number): string => (look.of === "lot" ? (many === 1 ? "lot" : "lots") : many === 1 ? "area" : "areas");
  if (look.of === "moved") return [line(PALE, "stays; what moved has the colour of its lot")];
  return look.classes.map((one) => line(one.fill ?? PALE, `${one.words} (${count(one.count)} ${what(one.count)})`));
}
