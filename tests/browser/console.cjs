// What staff do at the console, in a real browser: node console.cjs ADDRESS FOLDER
// Prints a JSON object: each check's name with "" when it held, or why it did not. Pictures go into FOLDER.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { PHONE, launch, openPage } = require("./chromium.cjs");

const [address, folder] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

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
  assert.equal(await page.locator("h1").count(), 1, `${name} has one heading`);
  await page.screenshot({ path: path.join(folder, `console-${name}.png`), fullPage: true });
}

async function tabTo(page, selector) {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

// Every page that the navigation leads to, and those behind them.
async function walk(page, size) {
  await become(page, "900005");
  await page.goto(`${address}/console`);
  await assertGood(page, `overview-${size}`);
  const paths = await page.locator("nav.sections .spread a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.ok(paths.length > 4, "an operator has more than four sections");
  for (const one of paths.filter((place) => place !== "/console" && place !== "/knowledge")) {
    await page.goto(address + one);
    assert.equal(await page.locator("nav.sections .spread a[aria-current=page]").count(), 1, `${one} says where one is`);
    await assertGood(page, `${one.replace(/\W+/g, "-")}-${size}`);
  }
  await page.goto(`${address}/console/people?q=青葉`);
  await assertGood(page, `people-found-${size}`);
  await page.locator("ul.rows a").first().click();
  for (const closed of await page.locator("details.part summary").all()) await closed.click();
  await assertGood(page, `person-${size}`);
  await page.goto(`${address}/console/people/import`);
  await assertGood(page, `import-${size}`);
  await page.goto(`${address}/console/audit`);
  await page.locator("form[action='/console/audit/verify'] button").click();
  await assertGood(page, `verdict-${size}`);
  await page.goto(`${address}/console/sign-in`);
  await assertGood(page, `sign-in-${size}`);
  await page.goto(`${address}/console/sign-in/link?token=spent`);
  await assertGood(page, `link-spent-${size}`);
  await become(page, "900001");
  await page.goto(`${address}/console/audit`);
  await assertGood(page, `refused-${size}`);
}

const checks = {
  async "every page on a desktop"(open) {
    await walk(await open(), "desktop");
  },

  async "every page on a phone"(open) {
    await walk(await open(PHONE), "phone");
  },

  async "the menu of a phone takes one line, and opens and leads on by keyboard"(open) {
    const page = await open(PHONE);
    await become(page, "900005");
    await page.goto(`${address}/console/audit`);
    const nav = page.locator("nav.sections");
    assert.ok((await nav.boundingBox()).height < 60, "one line");
    assert.equal(await nav.locator("a").filter({ visible: true }).count(), 0, "closed");
    assert.match(await nav.locator("summary").innerText(), /メニュー\s*監査/);
    await tabTo(page, "nav.sections summary");
    await page.keyboard.press("Enter");
    assert.equal(await nav.locator("a[aria-current=page]").filter({ visible: true }).count(), 1);
    await assertGood(page, "menu-phone");
    await tabTo(page, "nav.sections a[href='/console/people']");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${address}/console/people`);
  },

  async "a role is given and taken by keyboard alone"(open) {
    const page = await open();
    await become(page, "900005");
    await page.goto(`${address}/console/people`);
    await tabTo(page, "#q");
    await page.keyboard.type("磯辺");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=/);
    await tabTo(page, "ul.rows a");
    await page.keyboard.press("Enter");
    await page.waitForURL(/person\?id=900004/);
    await tabTo(page, "#role");
    for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowDown");
    await tabTo(page, "form[action='/console/people/grant'] button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=granted/);
    assert.match(await page.locator("#grants + form").innerText(), /監査/);
    const other = await page.context().newPage();
    await become(other, "900004");
    await other.goto(`${address}/console`);
    assert.equal(await other.locator("nav.sections .spread a[href='/console/audit']").count(), 1, "in force at once");
    await become(page, "900005");
    await tabTo(page, "form[action='/console/people/revoke'] button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=revoked/);
    await become(other, "900004");
    await other.goto(`${address}/console/audit`);
    assert.match(await other.locator("h1").innerText(), /できません/);
  },

  async "the link is skipped to the content"(open) {
    const page = await open();
    await become(page, "900005");
    await page.goto(`${address}/console`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "content");
  },
};

(async () => {
  const results = {};
  const browser = await launch();
  for (const [name, check] of Object.entries(checks)) {
    const opened = [];
    const open = async (options) => {
      const page = await openPage(browser, address, options);
      opened.push(page);
      return page;
    };
    try {
      await check(open);
      for (const page of opened) {
        const serious = page.complaints.filter((line) => !/status of (403|410)/.test(line));
        assert.deepEqual(serious, [], "the browser complains");
        assert.ok(page.requested.every((url) => url.startsWith(address) || url.startsWith("data:")));
      }
      results[name] = "";
    } catch (error) {
      results[name] = String(error.stack || error);
    }
    for (const page of opened) await page.context().close();
  }
  await browser.close();
  console.log(JSON.stringify(results));
})();
