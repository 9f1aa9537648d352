// Copies the browser pieces into wwwroot/lib, where they are committed: the program needs no node to run.
// The same packages give the same bytes: `npm ci && npm run build` must leave the committed folder unchanged.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { transform } from "esbuild";
import { PurgeCSS } from "purgecss";

const lib = new URL("wwwroot/lib/", import.meta.url);
const from = (path) => new URL(`node_modules/${path}`, import.meta.url);
const text = (path) => readFile(from(path), "utf8");

// Each is lib/icons.svg#name.
const icons = `
  activity address-book adjustments alert-circle alert-triangle archive arrow-back-up arrow-down arrow-left
  arrow-merge arrow-right arrow-up arrows-split-2 arrows-sort at award ban bell bell-off bolt brand-linkedin
  briefcase building building-community building-factory building-store bulb calendar calendar-event cash
  chart-bar chart-pie check checks chevron-down chevron-left chevron-right chevron-up circle circle-check
  circle-dot circle-x clipboard clock code coin columns copy currency-euro database device-desktop device-floppy
  dots dots-vertical download droplet edit equal equal-not external-link eye eye-off file-analytics file-export
  file-import file-invoice file-text file-type-csv files filter filter-off fingerprint flag flask folder gauge
  git-merge grip-vertical hash help heart-handshake history home hourglass id info-circle key keyboard language
  layout-dashboard link list list-check list-details loader-2 lock lock-open login logout mail mail-off map
  map-pin menu-2 message message-circle minus moon note notes package pencil phone phone-off pin pinned
  player-pause player-play player-stop plug plug-connected plug-connected-x plus puzzle question-mark receipt
  refresh robot rotate rss ruler scale search selector send server settings shield shield-check shield-lock
  shopping-cart sitemap sort-ascending sort-descending sparkles star star-off stethoscope sun switch-horizontal
  table tag tags target timeline tool transform trash trending-down trending-up unlink upload user user-check
  user-circle user-minus user-off user-plus users users-group versions webhook world x
`.trim().split(/\s+/);

async function sprite() {
  const symbols = await Promise.all(icons.map(async (name) => {
    const svg = await text(`@tabler/icons/icons/outline/${name}.svg`);
    const inside = svg
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/g, "")
      .replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" `
      + `stroke-linecap="round" stroke-linejoin="round">${inside}</symbol>`;
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

const withoutMap = (code) => code.replace(/\n?(\/\/|\/\*)# sourceMappingURL=[^\n]*\n?$/, "\n");

async function minified(code, loader) {
  return (await transform(code, { loader, minify: true, charset: "utf8", legalComments: "inline" })).code;
}

// What no page, tag helper or script of ours names is left out of Tabler: a browser reads seven eighths less before it paints.
// A class put together at run time from parts would have to be listed here: there is none.
async function used(css) {
  const within = async (folder, recursive) => (await readdir(new URL(`${folder}/`, import.meta.url), { recursive })).map((name) => `${folder}/${name}`);
  const names = [...await within("Pages", true), ...await within("wwwroot", false)].filter((name) => /\.(cshtml|cs|js)$/.test(name)).sort();
  const content = await Promise.all(names.map(async (name) => ({
    extension: "txt",
    raw: await readFile(new URL(name, import.meta.url), "utf8"),
  })));
  const [purged] = await new PurgeCSS().purge({
    content,
    css: [{ raw: css }],
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    keyframes: true,
    safelist: { greedy: [/data-bs-theme/] },
  });
  return purged.css;
}

// The font lies in its own sheet: a sheet is waited for before the first paint, a file of its own came after it and moved everything.
const inter = `@font-face {
  font-family: "Inter Variable";
  font-style: normal;
  font-weight: 100 900;
  font-display: optional;
  src: url(data:font/woff2;base64,${(await readFile(from("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"))).toString("base64")}) format("woff2");
  unicode-range: U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329,
    U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD;
}
`;
// For letters that Inter's Latin part has not: Arial stretched to its width and height.
const font = `@font-face {
  font-family: "Inter Meanwhile";
  src: local("Arial"), local("Liberation Sans"), local("Arimo"), local("Helvetica");
  size-adjust: 107.12%;
  ascent-override: 90.44%;
  descent-override: 22.52%;
  line-gap-override: 0%;
}
:root {
  --tblr-font-sans-serif: "Inter Variable", "Inter Meanwhile", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
`;

await rm(lib, { recursive: true, force: true });
await mkdir(lib, { recursive: true });
const files = {
  "tabler.css": [
    await minified(await used(withoutMap(await text("@tabler/core/dist/css/tabler.min.css"))), "css"),
    await minified(font, "css"),
  ].join(""),
  "htmx.js": withoutMap(await text("htmx.org/dist/htmx.min.js")),
  "tom-select.js": withoutMap(await text("tom-select/dist/js/tom-select.complete.min.js")),
  "tom-select.css": withoutMap(await text("tom-select/dist/css/tom-select.bootstrap5.min.css")),
  "icons.svg": await sprite(),
  "inter.css": await minified(inter, "css"),
  "inter.LICENSE.txt": await text("@fontsource-variable/inter/LICENSE"),
  "tom-select.LICENSE.txt": await text("tom-select/LICENSE"),
};
for (const [name, content] of Object.entries(files)) {
  await writeFile(new URL(name, lib), content);
}
console.log(Object.keys(files).join("\n"));
