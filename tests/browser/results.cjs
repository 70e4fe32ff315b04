// Results of surveys, wide and narrow: node results.cjs ADDRESS FOLDER PAGES, a JSON list of [name, person, address, press].
// `press`: the words of a button to press first. With a fourth and fifth argument, HR and ROUND, a further table that is refused.
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
  page.setDefaultTimeout(60000); // pictures that nobody has asked for are drawn first
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

// What a button on the page answers: a page of its own.
async function answered(page, words) {
  const before = await page.locator("h2").first().innerText();
  await page.getByRole("button", { name: words, exact: true }).first().click();
  await page.waitForFunction((title) => document.querySelector("h2")?.innerText !== title, before, { timeout: 60000 });
  await page.waitForLoadState();
}

(async () => {
  const [address, folder, pages, hr, round] = process.argv.slice(2);
  const browser = await launch();
  const at = (name) => path.join(folder, `${name}.png`);
  try {
    for (const [suffix, options] of [["", WIDE], ["-phone", PHONE]]) {
      for (const [name, person, where, press] of JSON.parse(pages)) {
        const page = await opened(browser, address, person, where, options);
        if (press) await answered(page, press);
        await picture(page, at(name + suffix));
        await page.context().close();
      }
      if (round) await refused(browser, address, hr, round, options, at(`results-refused${suffix}`));
    }
  } finally {
    await browser.close();
  }
})();
