/** How large a lot or a move is told to be: in pounds or, where a scenario lets no money, in people. All that the page says of worth asks here. */
import { count, countChange, money, moneyChange, plural } from "./format";
import type { Totals } from "./types";

/** What has a size: a lot, a move, what is in no lot. */
interface Sized {
  volume: number;
  contract_value_gbp: number;
}

export interface Size {
  /** Whether money is let, so that pounds stand beside people. */
  money: boolean;
  of: (part: Sized) => number;
  /** With its unit, for a sentence: £31.2m, 512,345 people. */
  words: (size: number) => string;
  /** For a cell below `unit`: £31.2m, 512,345. */
  figure: (size: number) => string;
  /** The same with its sign: +£3.1m, +12,345. */
  change: (size: number) => string;
  /** What a heading adds to a column of figures; empty where they tell it themselves. */
  unit: string;
  /** From the smallest lot to the largest, behind their number. */
  range: (least: number, most: number) => string;
}

const POUNDS: Size = {
  money: true,
  of: (part) => part.contract_value_gbp,
  words: money,
  figure: money,
  change: moneyChange,
  unit: "",
  range: (least, most) => ` worth ${money(least)} to ${money(most)}`,
};

const PEOPLE: Size = {
  money: false,
  of: (part) => part.volume,
  words: (size) => plural(size, "person", "people"),
  figure: count,
  change: countChange,
  unit: ", people",
  range: (least, most) => ` with ${count(least)} to ${plural(most, "person", "people")}`,
};

export function sizeIn(totals: Totals): Size {
  return totals.contract_value_gbp > 0 ? POUNDS : PEOPLE;
}

/** Whether every person takes part, so that participants need not be told beside people. */
export function everybody(totals: Totals): boolean {
  return totals.participants === totals.volume;
}

/** Participants with their noun: people where everybody takes part. */
export function heads(totals: Totals, participants: number): string {
  return everybody(totals) ? plural(participants, "person", "people") : plural(participants, "participant");
}
