// Replies as Slack shows them: node slack.cjs TURNS.json FILE.png
// TURNS.json holds [{question, blocks}]. Prints the words that can be read; fails on any complaint or request.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { build } = require("esbuild");
const { launch, openPage } = require("./chromium.cjs");

const STYLE = path.join(path.dirname(require.resolve("slack-blocks-to-jsx")), "style.css");
// The renderer takes everyone for an app, and sets messages closer together than Slack does.
const OWN = `body { margin: 0; padding: 12px 20px; background: #fff }
  #talk > * { padding: 6px 0 }
  .asker span.uppercase, .asker div.uppercase { display: none }`;
const icon = (color, letter) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="6" fill="${color}"/>` +
      `<text x="18" y="24" font-size="16" text-anchor="middle" fill="#fff" font-family="sans-serif">${letter}</text></svg>`,
  )}`;

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, "slack_page.mjs")],
    bundle: true,
    write: false,
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles[0].text;
}

async function show(page, turns) {
  const given = { TURNS: turns, LOGO: icon("#1264a3", "DX"), FACE: icon("#2e7d32", "青") };
  await page.evaluate((values) => Object.assign(window, values), given);
  await page.setContent(`<style>${fs.readFileSync(STYLE, "utf8")} ${OWN}</style><main id="talk"></main>`);
  await page.addScriptTag({ content: await bundle() });
  await page.waitForFunction((count) => document.querySelectorAll("#talk > *").length === count, turns.length * 2);
  await page.evaluate(() => document.fonts.ready);
}

(async () => {
  const [turns, file] = process.argv.slice(2);
  const browser = await launch();
  try {
    const page = await openPage(browser, "about:blank", { viewport: { width: 680, height: 400 }, deviceScaleFactor: 1.5 });
    await show(page, JSON.parse(fs.readFileSync(turns, "utf8")));
    const outside = page.requested.filter((url) => !url.startsWith("data:") && url !== "about:blank");
    if (page.complaints.length || outside.length) throw new Error([...page.complaints, ...outside].join("\n"));
    await page.screenshot({ path: file, fullPage: true });
    console.log(await page.locator("#talk").innerText());
  } finally {
    await browser.close();
  }
})();
