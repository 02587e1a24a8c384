/** Another name for a lot. */
import { h } from "../dom";
import type { Plan } from "../plan";
import { openDialog } from "./dialog";

export function openRename(plan: Plan, index: number): void {
  const lot = plan.lots[index];
  if (!lot) return;
  openDialog({ title: `Rename lot ${lot.lot_id}` }, (close) => {
    const input = h("input", { type: "text", id: "lot-new-name", class: "input", value: lot.lot_id, maxlength: 80, autofocus: true, autocomplete: "off" });
    const save = async (event: Event): Promise<void> => {
      event.preventDefault();
      if (input.value.trim() === "") return input.focus();
      if (await plan.ask("/api/lots", { lot: lot.lot_id, rename: input.value.trim() })) close();
    };
    const form = h("form", { onsubmit: (event: Event) => void save(event) },
      h("label", { for: "lot-new-name" }, "Name"), input, h("p", { class: "buttons" }, h("button", { class: "button" }, "Save name")));
    return form;
  });
}
