/** One door to the program: requests with the token, answers as JSON, failures with what the program found. */
import type { Finding } from "./types";

const KEY = "lotwright-token";
let token = "";

/** Takes the token out of the address, so that it stands in no history, and keeps it for a reload. */
export function takeToken(): void {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, "", location.pathname);
  }
  token = given ?? sessionStorage.getItem(KEY) ?? "";
}

/** The program answered, and refused; `findings` say why and what to do. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly findings: Finding[],
  ) {
    super(findings.map((finding) => finding.message).join("; ") || `the program answered ${status}`);
  }
}

/** The program did not answer. */
export class Gone extends Error {}

async function send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
  const text = typeof body === "string";
  if (body !== undefined) headers["Content-Type"] = text ? "text/csv" : "application/json";
  let response: Response;
  try {
    const init: RequestInit = { method, headers, cache: "no-store" };
    if (body !== undefined) init.body = text ? body : JSON.stringify(body);
    if (signal) init.signal = signal;
    response = await fetch(path, init);
  } catch (fault) {
    throw new Gone(String(fault));
  }
  if (!response.ok) throw new Refused(response.status, await findingsOf(response));
  return response;
}

async function findingsOf(response: Response): Promise<Finding[]> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as { findings?: Finding[]; error?: { findings?: Finding[] } };
    return body.findings ?? body.error?.findings ?? [];
  } catch {
    return text ? [{ message: text }] : [];
  }
}

export async function get<T>(path: string): Promise<T> {
  return (await body(await send("GET", path))) as T;
}

export async function post<T>(path: string, content: unknown): Promise<T> {
  return (await body(await send("POST", path, content))) as T;
}

/** An answer that broke off on the way counts as none. */
async function body(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text ? JSON.parse(text) : null;
  } catch (fault) {
    throw new Gone(String(fault));
  }
}

/** A file to keep: its bytes and the name that the program gives it. */
export async function download(path: string): Promise<{ blob: Blob; name: string }> {
  const response = await send("GET", path);
  const given = /filename="?([^";]+)"?/.exec(response.headers.get("Content-Disposition") ?? "");
  return { blob: await response.blob(), name: given?.[1] ?? "download" };
}

/** Reads server-sent events of a POST until it ends; `heard` gets each event with its data. */
export async function stream(
  path: string,
  content: unknown,
  heard: (event: string, data: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const response = await send("POST", path, content, signal);
  const reader = response.body?.getReader();
  if (!reader) throw new Gone("the answer has no body");
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read().catch((fault: unknown) => {
      throw new Gone(String(fault));
    });
    if (done) break;
    rest += decoder.decode(value, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) hear(block, heard);
  }
}

function hear(block: string, heard: (event: string, data: unknown) => void): void {
  let event = "message";
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  if (data.length > 0) heard(event, JSON.parse(data.join("\n")));
}
