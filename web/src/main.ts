/** Opens the desk, puts the parts of the page together, and shows one view at a time. */
import { get, Refused, takeToken } from "./api";
import { say, tell } from "./bus";
import { byId, h, replace } from "./dom";
import { listenKeys } from "./keys";
import { Plan } from "./plan";
import { beat } from "./pulse";
import { MapView } from "./map/map";
import { mapStage } from "./views/stage";
import { TableView } from "./views/table";
import { CompareView } from "./views/compare";
import { ReviewView } from "./views/review";
import { LotList } from "./panels/lots";
import { Side } from "./panels/side";
import { Problems } from "./panels/problems";
import { Masthead, type Action } from "./panels/masthead";
import { banner, speaker } from "./panels/banner";
import { commandLine } from "./panels/command";
import { Tasks } from "./dialogs/task";
import { openHelp } from "./dialogs/help";
import { openHistory } from "./dialogs/history";
import { openFiles } from "./dialogs/files";
import { openRename } from "./dialogs/rename";
import type { Desk } from "./types";
import { inWords } from "./words";

async function start(): Promise<void> {
  takeToken();
  try {
    const desk = await get<Desk>("/api/desk");
    build(desk);
  } catch (fault) {
    replace(byId("main"), cannotOpen(fault));
  }
}

function build(desk: Desk): void {
  document.title = `${desk.scenario.title} – Lotwright workbench`;
  const plan = new Plan(desk);
  const stage = mapStage(plan);
  const map = new MapView(plan, stage.figure);
  stage.attach(map);
  const views: Record<string, HTMLElement> = { map: stage.view, table: h("section"), compare: h("section"), review: h("section") };
  const open = (name: string): void => show(views, name);
  const review = new ReviewView(plan, () => open("map"));
  const begun = (): void => (side.close(), open("map"));
  const tasks = new Tasks(plan, begun, (proposal, kind, goals) => {
    review.fill(proposal, kind, goals);
    open("review");
  });
  views["table"] = new TableView(plan).view;
  views["compare"] = new CompareView(plan).view;
  views["review"] = review.view;
  replace(byId("main"), ...Object.values(views));
  new LotList(plan, byId("lots"), map);
  const side = new Side(plan, byId("side"), tasks, (lot) => openRename(plan, lot));
  const foot = { problems: h("section", { class: "problems", "aria-label": "Problems" }), command: h("div", { class: "command" }) };
  replace(byId("foot"), foot.problems, foot.command);
  const problems = new Problems(plan, foot.problems, (kind) => tasks.open(kind));
  const undo = (): void => void step(plan, "undo");
  const redo = (): void => void step(plan, "redo");
  new Masthead(plan, byId("masthead"), actions(plan, map, tasks, side, undo, redo), open);
  banner(plan, byId("banner"));
  commandLine(plan, foot.command);
  speaker(byId("spoken"));
  beat(plan);
  listenKeys({ plan, map, problems, undo, redo, help: openHelp });
  open("map");
  for (const finding of desk.findings ?? []) tell("say", { words: [finding.message, finding.help].filter(Boolean).join(". "), urgent: true });
}

function actions(plan: Plan, map: MapView, tasks: Tasks, side: Side, undo: () => void, redo: () => void): Action[] {
  return [
    { id: "undo", label: "Undo", run: undo },
    { id: "redo", label: "Redo", run: redo },
    { id: "history", label: "History", run: () => openHistory(plan) },
    { id: "optimise", label: "Optimise", run: () => tasks.open("solve"), primary: true },
    { id: "settings", label: "Settings", run: () => side.toggle() },
    { id: "files", label: "Files", run: () => openFiles(plan, map.colours.choice) },
    { id: "print", label: "Print", run: () => window.print() },
    { id: "help", label: "Keys", run: openHelp },
  ];
}

async function step(plan: Plan, way: "undo" | "redo"): Promise<void> {
  if (plan.preview) return say("The optimiser is at work: stop it first");
  const words = plan.state.history[way];
  if (words === null) return say(`Nothing to ${way}`);
  if (await plan.ask(`/api/${way}`, {})) say(`${way === "undo" ? "Undone" : "Done again"}: ${inWords(plan.settings, words)}`);
}

function show(views: Record<string, HTMLElement>, name: string): void {
  for (const [key, view] of Object.entries(views)) view.hidden = key !== name;
  document.body.dataset["view"] = name;
  tell("view", { name });
}

/** Why nothing can be shown, and what to do. */
function cannotOpen(fault: unknown): HTMLElement {
  const refused = fault instanceof Refused;
  const why = refused && fault.status === 401
    ? "This address lacks its key, or the program was started anew. Open the whole address that the program printed, with all that follows #."
    : refused
      ? fault.message
      : "The program does not answer. Start it again in your terminal with lotwright serve and open the address that it prints.";
  if (!refused && fault instanceof Error) console.warn(fault.message);
  return h("div", { class: "opening" }, h("h1", {}, "The scenario cannot be opened"), h("p", {}, why),
    h("p", {}, h("button", { type: "button", class: "button", onclick: () => location.reload() }, "Try again")));
}

void start();
