/** The command line that repeats what the page shows, always in sight, with a button that copies it. */
import { on, say } from "../bus";
import { h, replace, setText } from "../dom";
import type { Plan } from "../plan";

export function commandLine(plan: Plan, holder: HTMLElement): void {
  const code = h("code", { id: "command", tabindex: 0, "aria-label": "Command that repeats this" });
  const button = h("button", { type: "button", class: "button quiet small", onclick: () => void copy(code.textContent ?? "", button) }, "Copy");
  button.setAttribute("aria-label", "Copy the command");
  replace(holder, h("span", { class: "prompt", "aria-hidden": "true" }, "$"), code, button);
  let other: string | null = null;
  const write = (): void => setText(code, other ?? plan.state.command);
  on("plan", write);
  on("command", ({ words }) => {
    other = words;
    write();
  });
  write();
}

/** Copies text; says so on the button and aloud. */
export async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    setText(button, "Copied");
    say("Command copied");
  } catch {
    setText(button, "Select it and press Ctrl C");
  }
  window.setTimeout(() => setText(button, "Copy"), 2000);
}
