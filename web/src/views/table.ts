/** The route without a map: every area in a table that sorts and filters, with a lot to choose and a lock for each. */
import { on, say, tell } from "../bus";
import { h, replace, setAttribute } from "../dom";
import { count, plural } from "../format";
import { lockArea } from "../keys";
import { NONE, type Plan } from "../plan";

interface Column {
  key: string;
  title: string;
  number?: boolean;
  value: (area: number) => string | number;
}

interface Row {
  element: HTMLTableRowElement;
  pick: HTMLInputElement;
  select: HTMLSelectElement;
  lock: HTMLInputElement;
  words: string;
}

export class TableView {
  readonly view = h("section", { class: "view page table-view", "aria-labelledby": "table-title" });
  private columns: Column[] = [];
  private rows: Row[] = [];
  private readonly top = h("thead");
  private readonly body = h("tbody");
  private readonly heads = new Map<string, HTMLTableCellElement>();
  private readonly number = h("p", { class: "hint", role: "status" });
  private readonly filter = h("input", { id: "table-filter", class: "input", type: "search", autocomplete: "off", oninput: () => this.arrange() });
  private readonly lotFilter = h("select", { id: "table-lot", class: "select", onchange: () => this.arrange() });
  private readonly target = h("select", { id: "table-target", class: "select" });
  private sort = { key: "name", down: false };
  private built = false;
  /** The envelope that the columns and their figures are of, in pounds. */
  private envelope = 0;
  private open = false;
  private ids: string | null = null;

  constructor(private readonly plan: Plan) {
    this.lay();
    const move = h("button", { type: "button", class: "button small", onclick: () => this.moveChosen() }, "Move chosen");
    const field = (label: string, control: HTMLElement): HTMLElement => h("span", { class: "field" }, h("label", { for: control.id }, label), control);
    const bar = h("div", { class: "page-bar" }, field("Find", this.filter), field("In lot", this.lotFilter), field("Chosen areas to", this.target), move);
    const table = h("table", { class: "table areas-table" }, h("caption", { class: "heard" }, "Areas with their lots"), this.top, this.body);
    const scroll = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Areas" }, table);
    const more = h("p", { class: "hint", hidden: true }, "More columns to the right: scroll the table sideways.");
    replace(this.view, h("h2", { id: "table-title" }, "Every area in a table"), bar, h("div", { class: "table-notes" }, this.number, more), scroll);
    const sizes = new ResizeObserver(() => (more.hidden = scroll.scrollWidth <= scroll.clientWidth));
    sizes.observe(scroll);
    sizes.observe(table);
    on("view", ({ name }) => {
      this.open = name === "table";
      if (this.open) this.write(null);
    });
    on("plan", ({ areas }) => this.open && this.write(areas));
    on("settings", () => this.settingsChanged());
  }

  /** Another envelope is other figures; without one, a column fewer. */
  private settingsChanged(): void {
    if (this.plan.state.totals.contract_value_gbp === this.envelope) return;
    this.lay();
    if (this.open) this.write(null);
  }

  /** Heads of the columns; rows follow when they are looked at. */
  private lay(): void {
    this.envelope = this.plan.state.totals.contract_value_gbp;
    this.columns = this.makeColumns();
    if (!this.columns.some(({ key }) => key === this.sort.key)) this.sort = { key: "name", down: false };
    this.heads.clear();
    replace(this.top, h("tr", {}, h("th", { scope: "col" }, "Choose"), ...this.columns.flatMap((column) => (column.key === "lot" ? [this.head(column), h("th", { scope: "col" }, "Locked")] : [this.head(column)]))));
    this.rows = [];
    this.ids = null;
    this.built = false;
  }

  private makeColumns(): Column[] {
    const { areas } = this.plan.desk;
    const group = (key: string, title: string): Column => ({ key, title, value: (area) => (areas[area]?.groups[key] ?? []).join(", ") });
    const kinds = ([["lep", "LEP"], ["deal", "Deal"], ["county", "County"]] as const).filter(([key]) => areas.some((area) => (area.groups[key] ?? []).length > 0));
    const worth: Column = { key: "value", title: "Worth", number: true, value: (area) => this.worth(area) };
    return [
      { key: "name", title: "Area", value: (area) => areas[area]?.name ?? "" },
      { key: "lot", title: "Lot", value: (area) => this.lotId(area) },
      { key: "volume", title: "People", number: true, value: (area) => areas[area]?.volume ?? 0 },
      ...(this.plan.size.money ? [worth] : []),
      ...kinds.map(([key, title]) => group(key, title)),
      { key: "code", title: "Code", value: (area) => areas[area]?.code ?? "" },
    ];
  }

  private lotId(area: number): string {
    const lot = this.plan.lotOfArea(area, this.plan.lotOfSeat);
    return lot === NONE ? "" : (this.plan.lots[lot]?.lot_id ?? "");
  }

  private worth(area: number): number {
    return this.plan.sums.pence(Math.round((this.plan.desk.areas[area]?.volume ?? 0) * 1000)) / 100;
  }

  private head(column: Column): HTMLElement {
    const button = h("button", { type: "button", class: "sort", onclick: () => this.sortBy(column.key) }, column.title);
    const head = h("th", { scope: "col", class: column.number ? "number" : "", "aria-sort": this.order(column.key) }, button);
    this.heads.set(column.key, head);
    return head;
  }

  private sortBy(key: string): void {
    this.sort = { key, down: this.sort.key === key && !this.sort.down };
    for (const [name, head] of this.heads) setAttribute(head, "aria-sort", this.order(name));
    this.arrange();
  }

  private order(key: string): string {
    return key !== this.sort.key ? "none" : this.sort.down ? "descending" : "ascending";
  }

  /** Rows are made when the table is first looked at. */
  private build(): void {
    this.built = true;
    this.plan.desk.areas.forEach((area, index) => {
      const pick = h("input", { type: "checkbox", "aria-label": `Choose ${area.name}` });
      const select = h("select", { class: "select", "aria-label": `Lot of ${area.name}`, onchange: () => this.plan.stroke(area.seats, select.value === "" ? null : Number(select.value)) });
      const lock = h("input", { type: "checkbox", "aria-label": `Lock ${area.name}`, onchange: () => void lockArea(this.plan, index) });
      const locked = h("td", { class: "pick" }, lock);
      const cells = this.columns.flatMap((column) => (column.key === "lot" ? [this.cell(column, index, select), locked] : [this.cell(column, index, select)]));
      const element = h("tr", { onpointerenter: () => tell("hover", { area: index }), onfocusin: () => tell("hover", { area: index }) }, h("td", { class: "pick" }, pick), ...cells);
      const words = `${area.name} ${area.code} ${Object.values(area.groups).flat().join(" ")}`.toLowerCase();
      this.rows.push({ element, pick, select, lock, words });
    });
  }

  private cell(column: Column, area: number, select: HTMLSelectElement): HTMLElement {
    if (column.key === "name") return h("th", { scope: "row" }, String(column.value(area)));
    if (column.key === "lot") return h("td", {}, select);
    const value = column.value(area);
    const words = column.key === "value" ? this.plan.size.words(Number(value)) : column.number ? count(Number(value)) : String(value);
    return h("td", { class: column.number ? "number" : "" }, words);
  }

  private write(areas: readonly number[] | null): void {
    if (!this.built) this.build();
    const lots = this.plan.lots.map((lot) => lot.lot_id);
    const fresh = lots.join("\n") !== this.ids;
    if (fresh) {
      this.ids = lots.join("\n");
      const options = (): HTMLElement[] => [...lots.map((id, index) => h("option", { value: index }, id)), h("option", { value: "" }, "no lot")];
      for (const row of this.rows) row.select.replaceChildren(...options());
      this.target.replaceChildren(...options());
      this.lotFilter.replaceChildren(h("option", { value: "all" }, "any"), ...options());
    }
    for (const area of fresh || areas === null ? this.rows.keys() : areas) this.writeRow(area);
    if (areas === null) this.arrange();
  }

  private writeRow(area: number): void {
    const row = this.rows[area];
    if (!row) return;
    const lot = this.plan.lotOfArea(area, this.plan.lotOfSeat);
    row.select.value = lot === NONE ? "" : String(lot);
    const seats = this.plan.desk.areas[area]?.seats ?? [];
    row.lock.checked = seats.length > 0 && seats.every((seat) => this.plan.locked.has(seat));
  }

  private arrange(): void {
    const wanted = this.filter.value.trim().toLowerCase();
    const lot = this.lotFilter.value;
    const column = this.columns.find((one) => one.key === this.sort.key);
    const kept = this.rows.flatMap((row, index) => (row.words.includes(wanted) && (lot === "all" || lot === row.select.value) ? [index] : []));
    if (column) {
      const keys = new Map(kept.map((area) => [area, column.value(area)]));
      kept.sort((a, b) => (this.sort.down ? -1 : 1) * order(keys.get(a) ?? "", keys.get(b) ?? "") || a - b);
    }
    this.body.replaceChildren(...kept.flatMap((area) => this.rows[area]?.element ?? []));
    replace(this.number, kept.length === 0 ? "No area fits. Clear the search or choose another lot." : `${plural(kept.length, "area")} shown`);
  }

  private moveChosen(): void {
    const chosen = this.rows.flatMap((row, index) => (row.pick.checked && row.element.isConnected ? [index] : []));
    if (chosen.length === 0) return say("Choose at least one area first");
    const lot = this.target.value === "" ? null : Number(this.target.value);
    this.plan.stroke(chosen.flatMap((area) => this.plan.desk.areas[area]?.seats ?? []), lot);
    for (const area of chosen) {
      const row = this.rows[area];
      if (row) row.pick.checked = false;
    }
  }
}

function order(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en-GB", { numeric: true });
}
