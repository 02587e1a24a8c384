/** Words of the program for what was set, with the names that the settings panel gives in place of keys and figures of the file. */
import { count, money } from "./format";
import type { Setting } from "./types";

/** `Undo: Set viability.floor_gbp=20000000` becomes `Undo: Set floor to £20.0m`; what is not about settings stays as it is. */
export function inWords(settings: readonly Setting[], words: string): string {
  if (settings.length === 0 || !/^(Undo: )?(Set|left) /.test(words)) return words;
  const known = new Map(settings.map((setting) => [setting.key, setting]));
  // The longest first, so that a key which begins another takes no part of it.
  const keys = [...known.keys()].sort((a, b) => b.length - a.length).map((key) => key.replaceAll(".", "\\."));
  const key = `(?:${keys.join("|")})`;
  // A value may hold commas of its own: it ends where another key begins.
  const set = new RegExp(`\\b(${key})=(.*?)(?=(?:, | and )${key}=| and left | and \\d+ more|$)`, "g");
  const left = new RegExp(`\\b(${key})(?=,| and | to the scenario)`, "g");
  const label = (name: string): string => labelOf(known.get(name)?.label ?? name);
  return words
    .replace(set, (_, name: string, value: string) => `${label(name)} to ${valueOf(known.get(name)?.kind, value)}`)
    .replace(left, (_, name: string) => label(name));
}

/** A label within a sentence: `Floor, £` is the floor, whose value has the pounds. */
function labelOf(label: string): string {
  const words = label.replace(/, (£|the first first)$/, "").replace(/, /, " in ");
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** A value of a scenario file as one reads it. */
function valueOf(kind: Setting["kind"] | undefined, value: string): string {
  const number = value.trim() === "" ? NaN : Number(value.replaceAll("_", ""));
  if (!Number.isNaN(number)) {
    if (kind === "money") return money(number);
    if (kind === "percent") return `${+(number * 100).toFixed(3)}%`;
    return Number.isInteger(number) ? count(number) : String(number);
  }
  if (value === "true" || value === "false") return value === "true" ? "yes" : "no";
  const texts = [...value.matchAll(/"([^"]*)"/g)].map((text) => (text[1] ?? "").replaceAll("_", " "));
  return texts.length > 0 ? texts.join(", ") : value;
}
