/** Files: a plan to open, and what one leaves with, each the bytes that `lotwright export` writes. */
import { download, Refused } from "../api";
import { say } from "../bus";
import { h, replace } from "../dom";
import type { Plan } from "../plan";
import { change, waiting } from "../queue";
import type { State } from "../types";
import { openDialog } from "./dialog";

interface Kind {
  kind: string;
  title: string;
  words: string;
  sized?: boolean;
}

const GROUPS: readonly { title: string; kinds: readonly Kind[] }[] = [
  {
    title: "Tables",
    kinds: [
      { kind: "csv", title: "Plan, CSV", words: "Each area with its lot; reads back unchanged" },
      { kind: "lots-csv", title: "Lots, CSV", words: "A row a lot" },
      { kind: "cpa-areas", title: "CPA areas, CSV", words: "What each lot holds, in words, as government publishes it" },
      { kind: "cpa-authorities", title: "CPA authorities, CSV", words: "Authorities by lot, as government publishes it" },
      { kind: "cpa-html", title: "CPA tables, HTML", words: "Both tables as a page to read and print" },
      { kind: "csv-metadata", title: "About the CSVs, JSON", words: "Columns, sources and licence of the CSV files (CSV on the Web); keep it beside them" },
      { kind: "xlsx", title: "Workbook, XLSX", words: "All tables with notes and sources, for Excel" },
      { kind: "ods", title: "Workbook, ODS", words: "The same for LibreOffice" },
      { kind: "json", title: "Answer, JSON", words: "All that the program says of the plan, for other programs" },
    ],
  },
  {
    title: "For map programs",
    kinds: [
      { kind: "geojson", title: "Areas, GeoJSON", words: "Latitude and longitude, for web maps" },
      { kind: "lots-geojson", title: "Lots, GeoJSON", words: "Outlines of lots, the same way" },
      { kind: "gpkg", title: "GeoPackage", words: "British National Grid, styled in QGIS" },
      { kind: "shp", title: "Shapefile, ZIP", words: "For older programs" },
    ],
  },
  {
    title: "Maps and report",
    kinds: [
      { kind: "svg", title: "Map, SVG", words: "Sharp at any size", sized: true },
      { kind: "png", title: "Map, PNG", words: "For slides and e-mail", sized: true },
      { kind: "pdf", title: "Map, PDF", words: "For print", sized: true },
      { kind: "html", title: "Report, HTML", words: "One file that opens offline" },
    ],
  },
];

export function openFiles(plan: Plan): void {
  openDialog({ title: "Files", wide: true }, (close) => {
    const sizes = [["a4", "A4"], ["a3", "A3"], ["slide", "Slide"]] as const;
    const size = h("select", { id: "size", class: "select" }, ...sizes.map(([value, label]) => h("option", { value }, label)));
    const choice = h("p", { class: "row" }, h("label", { for: "size" }, "Size of maps"), size);
    const note = h("p", { class: "file-note", role: "status" });
    const item = (one: Kind): HTMLElement =>
      h("li", {}, h("button", { type: "button", class: "button quiet small", id: `get-${one.kind}`, onclick: () => void fetchFile(one, size.value, note) }, one.title), h("span", {}, one.words));
    const groups = GROUPS.flatMap(({ title, kinds }) => [h("h3", {}, title), kinds.some((one) => one.sized) ? choice : null, h("ul", { class: "downloads" }, ...kinds.map(item))]);
    return h("div", {}, opener(plan, note, close), ...groups, note, h("p", { class: "hint" }, "Attribution, sources and the rules of this scenario stand in each."));
  });
}

/** A plan of one's own, as a table of area codes and lots. */
function opener(plan: Plan, note: HTMLElement, close: () => void): HTMLElement {
  const input = h("input", { type: "file", id: "plan-file", class: "file", accept: ".csv,text/csv", onchange: () => void read() });
  const read = async (): Promise<void> => {
    const file = input.files?.[0];
    if (!file) return;
    replace(note, `Reading ${file.name}…`);
    try {
      plan.receive(await change<State>("/api/plan", await file.text()));
      say(`${file.name} is on the desk; undo brings your plan back`);
      close();
    } catch (fault) {
      input.value = "";
      const findings = fault instanceof Refused ? fault.findings.filter((one) => one.severity !== "note") : [];
      replace(note, findings.length > 0 ? findings.slice(0, 3).map((one) => `${one.message}. ${one.help ?? ""}`).join(" ") : `${file.name} cannot be read.`);
    }
  };
  return h("div", { class: "open-plan" }, h("h3", {}, "Open a plan"), h("label", { for: "plan-file" }, "A CSV file with area_code and lot_id"), input);
}

async function fetchFile(one: Kind, size: string, note: HTMLElement): Promise<void> {
  replace(note, `Making ${one.title}…`);
  try {
    while (waiting().length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const file = await download(`/api/export?kind=${one.kind}${one.sized ? `&size=${size}` : ""}`);
    keep(file.blob, file.name);
    replace(note, `${file.name} is in your downloads.`);
    say(`${file.name} downloaded`);
  } catch (fault) {
    replace(note, fault instanceof Refused ? fault.message : "The program does not answer. Start it again and try once more.");
  }
}

function keep(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
