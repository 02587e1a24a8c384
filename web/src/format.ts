/** Figures and lists in words, spelled as the program spells them. */

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** Pounds in short: £31.2m, £940k, £0; below nought with a real minus sign. */
export function money(pounds: number): string {
  const sign = pounds < 0 ? "−" : "";
  const size = Math.abs(pounds);
  if (size >= 999_500) return `${sign}£${(size / 1e6).toFixed(1)}m`;
  if (size >= 1000) return `${sign}£${Math.round(size / 1000)}k`;
  return `${sign}£${Math.round(size)}`;
}

/** Pounds with their sign always shown: +£3.1m. */
export function moneyChange(pounds: number): string {
  return (pounds > 0 ? "+" : "") + money(pounds);
}

export function count(value: number): string {
  return whole.format(Math.round(value)).replace("-", "−");
}

export function countChange(value: number): string {
  const rounded = Math.round(value);
  return (rounded > 0 ? "+" : "") + count(rounded);
}

/** 1 area, 2 areas. */
export function plural(value: number, noun: string, many = `${noun}s`): string {
  return `${count(value)} ${Math.round(value) === 1 ? noun : many}`;
}

/** A, B and C; past `most` names the rest is counted. */
export function list(names: string[], most = 3): string {
  if (names.length > most) return `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} more`;
  if (names.length < 2) return names[0] ?? "none";
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)}%`;
}

/** A figure of a goal in at most four digits. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${(value / 1e9).toFixed(2)} billion`;
  if (size >= 1e6) return `${(value / 1e6).toFixed(2)} million`;
  if (size >= 100 || Number.isInteger(value)) return count(value);
  return value.toPrecision(3);
}

/** How long ago, in words. */
export function ago(seconds: number): string {
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${plural(Math.floor(seconds / 60), "minute")} ago`;
  if (seconds < 86_400) return `${plural(Math.floor(seconds / 3600), "hour")} ago`;
  return `${plural(Math.floor(seconds / 86_400), "day")} ago`;
}

/** Seconds as the program writes them: 4 s, 1 min 20 s. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
