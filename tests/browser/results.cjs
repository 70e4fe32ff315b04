// Results of surveys, wide and narrow, and a further table that is refused: node results.cjs ADDRESS FOLDER HR NEEDS USAGE
"use strict";

const path = require("node:path");
const { PHONE, launch, openPage } = require("./chromium.cjs");

const WIDE = { viewport: { width: 1200, height: 1100 } };

async function picture(page, file, part) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) throw new Error(`${file}: ${wide} pixels too wide`);
  if (part) await page.addStyleTag({ content: ".top { visibility: hidden }" });
  await (part ? page.locator(part).screenshot({ path: file }) : page.screenshot({ path: file, fullPage: true }));
  console.log(file);
}

async function opened(browser, address, person, where, options) {
  const page = await openPage(browser, "about:blank", { bypassCSP: true, ...options });
  await page.context().addCookies([{ name: "dxbot_person", value: person, url: address }]);
  const answer = await page.goto(address + where, { timeout: 60000 });
  if (answer.status() !== 200) throw new Error(`${where}: ${answer.status()}`);
  if (page.complaints.length) throw new Error(`${where}: ${page.complaints.join()}`);
  return page;
}

// What makes telework hard is never shown by 課: asked for all the same, it is refused.
async function refused(browser, address, hr, needs, options, file) {
  const page = await opened(browser, address, hr, "/console/surveys", options);
  await page.locator("#more-round").selectOption(needs);
  await page.locator("#more form button").click();
  await page.locator("#question").selectOption("N8");
  await page.locator("#by").selectOption("課");
  await page.locator("#more form button").click();
  await page.getByRole("alert").waitFor();
  await picture(page, file, "#more");
}

(async () => {
  const [address, folder, hr, needs, usage] = process.argv.slice(2);
  const browser = await launch();
  const at = (name) => path.join(folder, `${name}.png`);
  try {
    for (const [suffix, options] of [["", WIDE], ["-phone", PHONE]]) {
      const tables = `?question=N8&by=${encodeURIComponent("部")}`;
      for (const [name, where] of [
        ["results-needs", `/surveys/${needs}/results`],
        ["results-usage", `/surveys/${usage}/results`],
        ["results-question", `/surveys/${needs}/results${tables}`],
      ])
        await picture(await opened(browser, address, hr, where, options), at(name + suffix));
      await refused(browser, address, hr, needs, options, at(`results-refused${suffix}`));
    }
  } finally {
    await browser.close();
  }
})();
