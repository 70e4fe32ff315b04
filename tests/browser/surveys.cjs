// A questionnaire as staff fill it in, from the list to the receipt: node surveys.cjs ADDRESS FOLDER
// Prints a JSON object: for each screen and survey the presses it took and the pages it has. Pictures go into FOLDER.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { PHONE, ask, launch, openPage, settled } = require("./chromium.cjs");

const [address, folder] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const SCREENS = { desktop: {}, phone: PHONE };
const SURVEYS = {
  needs: {
    title: "テレワークのニーズ調査",
    chosen: {
      N3: ["office"], N4: ["childcare", "focus"], N5: ["few_weekly"], N6: ["home"],
      "N7.documents": ["can"], "N7.meetings": ["can"], "N7.approvals": ["partly"], "N7.data": ["can"],
      "N7.calls": ["hard"], "N7.site": ["not_applicable"], N8: ["paper", "terminals", "phone"], N9: ["shared"],
      N10: ["terminal", "licence"],
    },
    typed: {},
  },
  usage: {
    title: "テレワークの利用状況調査",
    chosen: {
      U3: ["home"], U4: ["documents", "meetings"], U13: ["declined"], U5: ["s4"], "U6.superior": ["s4"],
      "U6.colleagues": ["s4"], "U6.outside": ["not_applicable"], U7: ["paper"], U8: ["s4"], U9: ["same"],
      U11: ["s4"], U12: ["more"],
    },
    typed: { U2: "2.5" },
  },
  "open-data": {
    title: "オープンデータについての職員調査",
    chosen: {
      D1: ["sometimes"], D2: ["facilities", "statistics"], D3: ["residents"], D4: ["labour", "privacy"],
      "D5.lists": ["spreadsheet"], "D5.counts": ["system"], "D5.maps": ["none"],
    },
    typed: { D6: "3" },
  },
};

async function assertFits(page) {
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= width, `the page is ${content} wide on a screen of ${width}`);
}

async function assertAccessible(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document.querySelector("main"), { resultTypes: ["violations"] }));
  assert.deepEqual(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target)}`), [], where);
}

// The message alone, without the bars that would stand in the middle of a long picture.
async function picture(page, name) {
  await page.addStyleTag({ content: ".top, .composer { visibility: hidden }" });
  await settled(page);
  await page.locator("#log .message.bot").last().screenshot({ path: path.join(folder, `${name}.png`) });
}

async function fill(page, { chosen, typed }, name) {
  let presses = 0;
  let pages = 0;
  const form = page.locator("#log .message.bot").last().locator("form.fields");
  for (; ; pages += 1) {
    for (const [field, text] of Object.entries(typed)) {
      const input = form.locator(`input[name="${field}"]`);
      if (await input.count()) await input.fill(text), (presses += 1);
    }
    for (const [field, values] of Object.entries(chosen))
      for (const value of values) {
        const box = form.locator(`input[name="${field}"][value="${value}"]:not([type=hidden])`);
        if (await box.count()) await box.check(), (presses += 1);
      }
    await assertFits(page);
    await picture(page, `${name}-${pages + 1}`);
    await assertAccessible(page, `${name}-${pages + 1}`);
    const progress = await form.locator(".progress").innerText();
    const [step, steps] = progress.match(/\d+/g).map(Number);
    await form.locator(".main").click();
    presses += 1;
    if (step === steps) break;
    await page.waitForFunction(
      (before) => !document.querySelector("#log .message.bot:last-child .progress")?.innerText.startsWith(before),
      `${step}／`,
    );
  }
  return { presses, pages: pages + 1 };
}

(async () => {
  const browser = await launch();
  const told = {};
  try {
    for (const [screen, options] of Object.entries(SCREENS))
      for (const [id, survey] of Object.entries(SURVEYS)) {
        const name = `${id}-${screen}`;
        const page = await openPage(browser, address, { reducedMotion: "reduce", bypassCSP: true, ...options });
        const list = await ask(page, "アンケート");
        await list.locator("button.action").filter({ hasText: survey.title }).click();
        const start = page.getByRole("button", { name: /^(回答を始める|続きから回答する)$/ });
        await start.waitFor();
        await picture(page, `${name}-notice`);
        await start.click();
        await page.waitForSelector("form.fields .progress");
        const { presses, pages } = await fill(page, survey, name);
        await page.getByRole("heading", { name: "回答を受け付けました" }).waitFor();
        await picture(page, `${name}-receipt`);
        assert.deepEqual(page.complaints, []);
        told[name] = { presses: presses + 2, pages };
        await page.context().close();
      }
    console.log(JSON.stringify(told));
  } finally {
    await browser.close();
  }
})();
