// What editors do on the knowledge pages, in a real browser: node knowledge.cjs ADDRESS FOLDER
// Prints a JSON object: each check's name with "" when it held, or why it did not. Pictures go into FOLDER.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { PHONE, launch, openPage } = require("./chromium.cjs");

const [address, folder] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const ID = "yogo-RPA";

async function become(page, person) {
  await page.context().addCookies([{ name: "dxbot_person", value: person, url: address, sameSite: "Strict" }]);
}

async function assertGood(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const said = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(", ")}`);
  assert.deepEqual(said, [], name);
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= width, `${name} is ${content} wide on a screen of ${width}`);
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

// Presses Tab until the wanted element has the focus, as somebody without a mouse does.
async function tabTo(page, selector) {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

async function walk(page, size) {
  for (const [name, place] of [
    ["search", "/knowledge?q=RPA"],
    ["article", `/knowledge/article?id=${ID}`],
    ["edit", `/knowledge/edit?id=${ID}`],
    ["history", `/knowledge/history?id=${ID}`],
    ["new", "/knowledge/new"],
    ["proposals", "/knowledge/proposals"],
  ]) {
    await page.goto(address + place);
    await assertGood(page, `knowledge-${name}-${size}`);
  }
  await page.locator("ul.rows a").first().click();
  for (const closed of await page.locator("details.part summary").all()) await closed.click();
  await assertGood(page, `knowledge-proposal-${size}`);
}

const checks = {
  async "an edit by keyboard alone"(open) {
    const page = await open();
    await become(page, "900005");
    await page.goto(`${address}/knowledge`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await tabTo(page, "#q");
    await page.keyboard.type("RPA");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=RPA/);
    await page.goto(`${address}/knowledge/article?id=${ID}`);
    await tabTo(page, "a[href*='/knowledge/edit']");
    await page.keyboard.press("Enter");
    await page.waitForURL(/knowledge\/edit/);
    await tabTo(page, "#aliases");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nロボ作業");
    await tabTo(page, "#reason");
    await page.keyboard.type("別名の追加");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=saved-1/);
    assert.match(await page.locator("main").innerText(), /第1版として保存しました[\s\S]*ロボ作業/);
  },

  async "two editors: the second is shown the difference and keeps what was typed"(open) {
    const [first, second] = [await open(), await open()];
    for (const page of [first, second]) {
      await become(page, "900005");
      await page.goto(`${address}/knowledge/edit?id=yogo-BPR`);
    }
    await first.locator("#aliases").fill("業務の見直し");
    await first.locator("main button.main").click();
    await first.waitForURL(/done=saved/);
    await second.locator("#aliases").fill("仕事の見直し");
    await second.locator("main button.main").click();
    await second.waitForSelector("[role=alert]");
    second.complaints.splice(0);
    assert.equal(await second.inputValue("#aliases"), "仕事の見直し");
    assert.match(await second.locator(".theirs").innerText(), /業務の見直し/);
    await assertGood(second, "knowledge-clash-desktop");
    await second.locator("main button.main").click();
    await second.waitForURL(/done=saved-2/);
  },

  async "every page at 1200 pixels, in light"(open) {
    const page = await open({ colorScheme: "light" });
    await become(page, "900001");
    await page.goto(`${address}/knowledge/article?id=${ID}`);
    await page.locator("#phrasing").fill("パソコンのロボットとは何のこと");
    await page.locator("form[action='/knowledge/phrasing'] button").click();
    await page.waitForURL(/done=proposed/);
    await become(page, "900005");
    await walk(page, "desktop");
  },

  async "every page at 360 pixels, in dark"(open) {
    const page = await open({ ...PHONE, colorScheme: "dark" });
    await become(page, "900005");
    await walk(page, "phone");
  },
};

(async () => {
  const browser = await launch();
  const results = {};
  for (const [name, check] of Object.entries(checks)) {
    const pages = [];
    const open = async (options) => {
      const page = await openPage(browser, address, { reducedMotion: "reduce", ...options });
      pages.push(page);
      return page;
    };
    try {
      await check(open);
      for (const page of pages) assert.deepEqual(page.complaints, [], "the browser complained");
      results[name] = "";
    } catch (error) {
      results[name] = String(error.stack);
    }
    for (const page of pages) await page.context().close();
  }
  await browser.close();
  console.log(JSON.stringify(results));
})();
