// Every page of the console with something on it: node every_page.cjs ADDRESS FOLDER PAGES
// PAGES is a JSON list of [person, address]. Prints a JSON object: for each page and screen "" or what is wrong with it.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { PHONE, launch, openPage } = require("./chromium.cjs");

const [address, folder, pages] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const SCREENS = { desktop: {}, phone: PHONE };

async function lookAt(page, person, place, name) {
  await page.context().addCookies([{ name: "dxbot_person", value: person, url: address, sameSite: "Strict" }]);
  const response = await page.goto(address + place, { timeout: 30000 });
  const wrong = response.status() === 200 ? [] : [`status ${response.status()}`];
  await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => (one.open = true)));
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  wrong.push(...found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(", ")}`));
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  if (content > width) wrong.push(`${content} wide on a screen of ${width}`);
  if ((await page.locator("h1").count()) !== 1) wrong.push("not one heading");
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  return [...wrong, ...page.complaints.splice(0)].join("; ");
}

(async () => {
  const results = {};
  const browser = await launch();
  for (const [screen, options] of Object.entries(SCREENS)) {
    const page = await openPage(browser, address, options);
    for (const [person, place] of JSON.parse(pages)) {
      const name = `${place.replace(/\W+/g, "-")}-${screen}`;
      try {
        results[`${place} (${screen})`] = await lookAt(page, person, place, name);
      } catch (error) {
        results[`${place} (${screen})`] = String(error);
      }
    }
    const foreign = page.requested.filter((url) => !url.startsWith(address) && !url.startsWith("data:"));
    if (foreign.length) results[`addresses (${screen})`] = foreign.join(", ");
    await page.context().close();
  }
  await browser.close();
  console.log(JSON.stringify(results));
})();
