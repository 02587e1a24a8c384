// Bundles the page into the folder named: one script, one stylesheet, one document, the same bytes for the same source.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const folder = process.argv[2] ?? "../src/serve/assets";
const limit = 150 * 1024;
mkdirSync(folder, { recursive: true });

const common = { bundle: true, minify: true, charset: "utf8", legalComments: "none", logLevel: "warning", target: ["es2022"] };
await build({ ...common, entryPoints: ["src/main.ts"], format: "iife", outfile: `${folder}/workbench.js` });
await build({ ...common, entryPoints: ["src/style/workbench.css"], outfile: `${folder}/workbench.css` });
copyFileSync("src/index.html", `${folder}/index.html`);

const files = ["index.html", "workbench.js", "workbench.css"];
const packed = files.reduce((sum, file) => sum + gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length, 0);
console.log(`${folder}: ${(packed / 1024).toFixed(1)} KB gzipped of at most ${limit / 1024} KB`);
if (packed > limit) process.exit(1);
