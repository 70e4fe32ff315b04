// The skills' pages, wide and narrow: node skills.cjs ADDRESS FOLDER LEADER HR
"use strict";

const path = require("node:path");
const { PHONE, ask, launch, openPage, settled } = require("./chromium.cjs");

const WIDE = { viewport: { width: 1200, height: 1100 } };

async function opened(browser, address, person, where, options) {
  const page = await openPage(browser, "about:blank", { reducedMotion: "reduce", bypassCSP: true, ...options });
  await page.context().addCookies([{ name: "dxbot_person", value: person, url: address }]);
  const answer = await page.goto(address + where, { timeout: 60000 });
  if (answer.status() !== 200) throw new Error(`${where}: ${answer.status()}`);
  return page;
}

async function fits(page, where) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) throw new Error(`${where}: ${wide} pixels too wide`);
  if (page.complaints.length) throw new Error(`${where}: ${page.complaints.join()}`);
}

// The second page of the self-assessment in the local chat, as it comes filled in.
async function assessment(page, file) {
  const last = () => page.locator("#log .message.bot").last();
  const shows = (steps) =>
    page.waitForFunction(
      (words) => words.includes(document.querySelector("#log .message.bot:last-child .progress")?.innerText.slice(0, 2)),
      steps,
    );
  await (await ask(page, "わたしの技量")).locator("button.action").filter({ hasText: "自己評価をする" }).click();
  await page.getByRole("button", { name: /^(回答を始める|続きから回答する)$/ }).click();
  await shows(["1／", "2／"]);
  if ((await last().locator(".progress").innerText()).startsWith("1")) await last().locator("form.fields .main").click();
  await shows(["2／"]);
  await page.addStyleTag({ content: ".top, .composer { visibility: hidden }" });
  await settled(page);
  await fits(page, "the self-assessment");
  await last().screenshot({ path: file });
}

(async () => {
  const [address, folder, leader, hr] = process.argv.slice(2);
  const browser = await launch();
  const at = (name) => path.join(folder, `${name}.png`);
  try {
    let page = await opened(browser, address, hr, "/console/skills", WIDE);
    await fits(page, "/console/skills");
    await page.locator("table.skill-map").screenshot({ path: at("skills-city") });
    await page.addStyleTag({ content: ".top { display: none }" });
    const coverage = page.locator("section", { has: page.getByRole("heading", { name: "一人でできる職員のいる課の数" }) });
    await coverage.screenshot({ path: at("skills-coverage") });
    const link = page.locator("table.skill-map a").filter({ hasText: "教育部" });
    const section = `${await link.getAttribute("href")}&area=tech`;
    page = await opened(browser, address, hr, section, PHONE);
    await fits(page, section);
    await page.evaluate(() => document.querySelector(".skill-map caption").scrollIntoView({ block: "start" }));
    await page.addStyleTag({ content: ".top { display: none }" });
    await page.screenshot({ path: at("skills-phone") });
    page = await opened(browser, address, leader, "/skills", WIDE);
    await fits(page, "/skills");
    await page.screenshot({ path: at("skills-mine") });
    page = await opened(browser, address, leader, "/skills", PHONE);
    await fits(page, "/skills on a phone");
    await page.screenshot({ path: at("skills-mine-phone") });
    for (const [name, options] of [["skills-form", WIDE], ["skills-form-phone", PHONE]]) {
      page = await opened(browser, address, leader, "/", options);
      await assessment(page, at(name));
    }
  } finally {
    await browser.close();
  }
})();
