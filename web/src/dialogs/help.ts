/** The list of keys, and the switch that silences single keys. */
import { h } from "../dom";
import { KEYS, keysOn, switchKeys } from "../keys";
import { openDialog } from "./dialog";

export function openHelp(): void {
  openDialog({ title: "Keys and gestures" }, () => {
    const box = h("input", { type: "checkbox", id: "keys-on", checked: keysOn(), onchange: () => switchKeys(box.checked) });
    const rows = KEYS.map(([keys, words]) => h("tr", {}, h("th", { scope: "row" }, keys), h("td", {}, words)));
    const head = h("tr", {}, h("th", { scope: "col" }, "Do"), h("th", { scope: "col" }, "What happens"));
    return h("div", {},
      h("p", { class: "check" }, box, h("label", { for: "keys-on" }, "Use single keys")),
      h("table", { class: "table small" }, h("thead", {}, head), h("tbody", {}, ...rows)),
      h("p", { class: "hint" }, "Everything stands also in the Table view, with a lot to choose for each area."));
  });
}
