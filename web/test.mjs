// Bundles the browser tests and runs them one after another; `node test.mjs measure` runs the measurements instead.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";

const [wanted = ""] = process.argv.slice(2);
const kind = wanted === "measure" ? ".measure.ts" : ".test.ts";
const files = readdirSync("tests").filter((file) => file.endsWith(kind) && (kind === ".measure.ts" || file.includes(wanted)));
// Beside node_modules, so that the bundles find what they leave out.
const folder = "node_modules/.tests";
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: files.map((file) => `tests/${file}`),
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  logLevel: "warning",
});
const built = files.map((file) => `${folder}/${file.replace(/\.ts$/, ".mjs")}`);
const run = spawnSync(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...built], { stdio: "inherit" });
process.exit(run.status ?? 1);
