/** The scenario's own keys as a form: each takes effect when it is changed, and can be taken back like a stroke. */
import { change } from "../queue";
import { Refused } from "../api";
import { on, say } from "../bus";
import { freshId, h, replace, type Child } from "../dom";
import { money } from "../format";
import { grouping } from "./here";
import type { Plan } from "../plan";
import type { Setting, State } from "../types";

export class Settings {
  private readonly fields = h("div", { class: "setting-list" });
  private readonly title = h("h2", { tabindex: -1 }, "Settings");

  constructor(
    private readonly plan: Plan,
    holder: HTMLElement,
    close: () => void,
  ) {
    const cross = h("button", { type: "button", class: "icon close", "aria-label": "Close settings", onclick: close }, "×");
    replace(holder, h("div", { class: "head" }, this.title, cross), h("p", { class: "hint" }, "A change takes effect at once, and undo takes it back."), this.fields);
    on("settings", () => this.draw());
    this.draw();
  }

  focus(): void {
    this.title.focus();
  }

  private draw(): void {
    const focused = document.activeElement?.getAttribute("data-key");
    const groups = new Map<string, Setting[]>();
    for (const setting of this.plan.settings) groups.set(setting.group, [...(groups.get(setting.group) ?? []), setting]);
    replace(this.fields, ...[...groups].map(([group, settings]) => h("fieldset", {}, h("legend", {}, group), ...settings.map((setting) => this.field(setting)))));
    if (focused) this.fields.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  }

  private field(setting: Setting): HTMLElement {
    const id = freshId("setting");
    const error = h("p", { class: "error-message", id: `${id}-error`, role: "alert" });
    const hint = h("span", { class: "hint", id: `${id}-hint` }, hintOf(setting));
    const said = { id, "data-key": setting.key, "aria-describedby": `${id}-hint ${id}-error` };
    const row = h("div", { class: `setting ${setting.kind}` });
    const control = this.control(setting, said, (value) => void this.set(setting, value, row, error));
    const label = h("label", { for: id }, setting.label);
    replace(row, ...(setting.kind === "bool" ? [h("span", { class: "check" }, control, label)] : [label]), hint, error, setting.kind === "bool" ? null : control);
    return row;
  }

  private control(setting: Setting, said: Record<string, string>, set: (value: string) => void): HTMLElement {
    if (setting.kind === "bool") {
      const box = h("input", { ...said, type: "checkbox", checked: setting.value === true, onchange: () => set(String(box.checked)) });
      return box;
    }
    if (setting.kind === "list" && setting.choices) return setting.key === "goal" ? ranks(setting, said, set) : boxes(setting, said, set);
    if (setting.kind === "choice" && setting.choices && setting.key !== "lots.count") {
      const select = h("select", { ...said, class: "select", onchange: () => set(select.value) }, option("", "not set", setting.value === null), ...setting.choices.map((one) => option(one, spaced(one), one === plain(setting.value))));
      return select;
    }
    const input = h("input", { ...said, class: "input", type: "text", autocomplete: "off", spellcheck: "false", inputmode: setting.kind === "choice" ? "text" : "decimal", value: shown(setting), onchange: () => set(typed(setting, input.value)) });
    return input;
  }

  /** Sends one key, or takes it back where the field is empty; what the program finds wrong stands beside the field. */
  private async set(setting: Setting, value: string, row: HTMLElement, error: HTMLElement): Promise<void> {
    const asked = value === "" ? { sets: [], resets: [setting.key] } : { sets: [`${setting.key}=${toml(setting, value)}`] };
    try {
      const answer = await change<{ state: State; settings: Setting[] }>("/api/settings", asked);
      this.plan.receive(answer);
      say(`${setting.label} set`);
    } catch (fault) {
      const findings = fault instanceof Refused ? fault.findings : [];
      const words: Child[] = findings.length > 0 ? findings.map((finding) => `${finding.message}${finding.help ? `. ${finding.help}` : ""}`) : [String(fault)];
      row.classList.add("wrong");
      replace(error, ...words);
    }
  }
}

/** Goals in order: a choice for each rank, and one more to add another. */
function ranks(setting: Setting, said: Record<string, string>, set: (value: string) => void): HTMLElement {
  const goals = Array.isArray(setting.value) ? setting.value.map(String) : [];
  const { id, ...rest } = said;
  const selects = [...goals, ""].map((goal, rank) =>
    h("select", { ...rest, id: rank === 0 ? id : `${id}-${rank}`, "aria-label": `${setting.label}: ${rank + 1}`, class: "select", onchange: () => gather() }, option("", goal === "" ? "add a goal" : "none", goal === ""), ...(setting.choices ?? []).map((one) => option(one, spaced(one), one === goal))));
  const gather = (): void => set([...new Set(selects.map((select) => select.value).filter(Boolean))].join(","));
  return h("div", { class: "stack" }, ...selects);
}

/** Any number of choices. */
function boxes(setting: Setting, said: Record<string, string>, set: (value: string) => void): HTMLElement {
  const chosen = new Set(Array.isArray(setting.value) ? setting.value.map(String) : []);
  const { id, ...rest } = said;
  const inputs = (setting.choices ?? []).map((one, index) => h("input", { ...rest, type: "checkbox", value: one, checked: chosen.has(one), id: index === 0 ? id : `${id}-${index}`, onchange: () => gather() }));
  const gather = (): void => set(inputs.filter((input) => input.checked).map((input) => input.value).join(","));
  return h("div", { class: "stack", role: "group", "aria-label": setting.label }, ...inputs.map((input) => h("span", { class: "check" }, input, h("label", { for: input.id }, input.value.includes(":") ? input.value.replace(/^\w+:/, "") : grouping(input.value)))));
}

function option(value: string, words: string, selected: boolean): HTMLElement {
  return h("option", { value, selected }, words);
}

function spaced(word: string): string {
  return word.replaceAll("_", " ");
}

/** A value as the scenario file writes it. */
export function toml(setting: Setting, value: string): string {
  if (setting.key === "goal") return `[${value.split(",").map((goal) => `{ minimise = ${JSON.stringify(goal)} }`).join(", ")}]`;
  if (setting.kind === "list") return `[${value.split(",").map((one) => JSON.stringify(one.trim())).join(", ")}]`;
  if (setting.kind === "bool" || /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) return value;
  return JSON.stringify(value);
}

function hintOf(setting: Setting): string {
  const given = setting.default === null || setting.default === undefined ? "" : `As given: ${inWords(setting, setting.default)}.`;
  return [setting.help ? `${sentence(setting.help)}.` : "", given].filter(Boolean).join(" ");
}

function sentence(help: string): string {
  const words = help.replace(/[`"]/g, "").replaceAll("_", " ").replace(/\.$/, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function inWords(setting: Setting, value: unknown): string {
  if (setting.kind === "money" && typeof value === "number") return value === 0 ? "nothing" : money(value);
  if (setting.kind === "percent" && typeof value === "number") return `${+(value * 100).toFixed(3)}%`;
  if (setting.kind === "number" && typeof value === "number") return grouped(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return plain(value) || "none";
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.join(", ").replaceAll("_", " ") : String(value);
}

/** A figure as one reads it: pounds with commas, shares as per cent. */
function shown(setting: Setting): string {
  const { value } = setting;
  if (typeof value !== "number") return plain(value);
  if (setting.kind === "percent") return `${+(value * 100).toFixed(3)}%`;
  return setting.kind === "money" || setting.kind === "number" ? grouped(value) : String(value);
}

function grouped(value: number): string {
  return value.toLocaleString("en-GB", { maximumFractionDigits: 6 });
}

/** What was typed as a plain figure: £20m and 20,000,000 are 20000000, 25% is 0.25. */
export function typed(setting: Setting, text: string): string {
  const bare = text.trim().replaceAll(",", "").replace(/^£/, "");
  const share = /^([\d.]+)\s*%$/.exec(bare);
  if (setting.kind === "percent" && share) return String(Number(share[1]) / 100);
  const big = /^([\d.]+)\s*(m|k|bn)$/i.exec(bare);
  if (big && setting.kind === "money") return String(Number(big[1]) * ({ k: 1e3, m: 1e6, bn: 1e9 }[(big[2] ?? "").toLowerCase()] ?? 1));
  return setting.kind === "choice" ? text.trim() : bare;
}
