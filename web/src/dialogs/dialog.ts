/** One way to open a dialog: the browser's own, with a title, a way out, and the focus given back. */
import { freshId, h } from "../dom";

export interface Options {
  title: string;
  wide?: boolean;
  /** Told when it is closed, whichever way. */
  closed?: () => void;
}

export function openDialog(options: Options, fill: (close: () => void) => HTMLElement): HTMLDialogElement {
  const before = document.activeElement;
  const id = freshId("dialog");
  const close = (): void => dialog.close();
  const cross = h("button", { type: "button", class: "icon close", "aria-label": "Close", onclick: close }, "×");
  const head = h("div", { class: "dialog-head" }, h("h2", { id }, options.title), cross);
  const body = h("div", { class: "dialog-body", tabindex: -1 });
  const dialog = h("dialog", { class: options.wide ? "wide" : "", "aria-labelledby": id }, head, body);
  dialog.addEventListener("close", () => {
    dialog.remove();
    options.closed?.();
    if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  body.append(fill(close));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Whether a dialog stands before the page. */
export function dialogOpen(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
