/** Files: a plan to open, and what one leaves with, each the bytes that `lotwright export` writes. */
import { download, Refused } from "../api";
import { say } from "../bus";
import { h, replace } from "../dom";
import type { Plan } from "../plan";
import { change, waiting } from "../queue";
import type { State } from "../types";
import { LOTS, lookOptions, type Choice } from "../map/looks";
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

/** How maps are drawn, as an address asks for it. */
interface MapChoice {
  size: HTMLSelectElement;
  show: HTMLSelectElement;
  deals: HTMLInputElement | null;
}

/** `look` is what the map of the page shows. */
export function openFiles(plan: Plan, look: Choice): void {
  openDialog({ title: "Files", wide: true }, (close) => {
    const maps = mapChoice(plan, look);
    const choice = choiceRow(maps);
    const note = h("p", { class: "file-note", role: "status" });
    const item = (one: Kind): HTMLElement =>
      h("li", {}, h("button", { type: "button", class: "button quiet small", id: `get-${one.kind}`, onclick: () => void fetchFile(one, maps, note) }, one.title), h("span", {}, one.words));
    const groups = GROUPS.flatMap(({ title, kinds }) => [h("h3", {}, title), kinds.some((one) => one.sized) ? choice : null, h("ul", { class: "downloads" }, ...kinds.map(item))]);
    return h("div", {}, opener(plan, note, close), ...groups, note, h("p", { class: "hint" }, "Attribution, sources and the rules of this scenario stand in each."));
  });
}

function mapChoice(plan: Plan, look: Choice): MapChoice {
  const sizes = [["a4", "A4"], ["a3", "A3"], ["slide", "Slide"], ["screen", "As long as it needs"]] as const;
  const show = h("select", { id: "map-shows", class: "select" }, ...lookOptions(plan));
  show.value = look;
  return {
    size: h("select", { id: "size", class: "select" }, ...sizes.map(([value, label]) => h("option", { value }, label))),
    show,
    deals: plan.desk.deals.length > 0 ? h("input", { type: "checkbox", id: "map-deals", checked: true }) : null,
  };
}

function choiceRow({ size, show, deals }: MapChoice): HTMLElement {
  const field = (label: string, control: HTMLElement): HTMLElement => h("span", { class: "field" }, h("label", { for: control.id }, label), control);
  const overlay = deals ? h("span", { class: "check" }, deals, h("label", { for: deals.id }, "With deals")) : null;
  return h("p", { class: "row wrap" }, field("Maps show", show), field("Size", size), overlay);
}

function asked({ size, show, deals }: MapChoice): string {
  const look = show.value === LOTS ? "" : `&${show.value}`;
  return `&size=${size.value}${look}${deals && !deals.checked ? "&deals=no" : ""}`;
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

async function fetchFile(one: Kind, maps: MapChoice, note: HTMLElement): Promise<void> {
  replace(note, `Making ${one.title}…`);
  try {
    while (waiting().length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const file = await download(`/api/export?kind=${one.kind}${one.sized ? asked(maps) : ""}`);
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
