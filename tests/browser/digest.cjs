// The digest's pages, wide and narrow: node digest.cjs ADDRESS FOLDER LEADER OPERATOR WEEK
"use strict";

const path = require("node:path");
const { launch, openPage } = require("./chromium.cjs");

const WIDE = { viewport: { width: 1200, height: 860 } };
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

async function picture(browser, address, person, where, options, file) {
  const page = await openPage(browser, "about:blank", options);
  await page.context().addCookies([{ name: "dxbot_person", value: person, url: address }]);
  const answer = await page.goto(address + where, { timeout: 60000 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (answer.status() !== 200) throw new Error(`${where}: ${answer.status()}`);
  if (page.complaints.length) throw new Error(`${where}: ${page.complaints.join()}`);
  if (wide > 0) throw new Error(`${where}: ${wide} pixels too wide`);
  await page.screenshot({ path: file, fullPage: true });
  console.log(file);
  await page.context().close();
}

(async () => {
  const [address, folder, leader, operator, week] = process.argv.slice(2);
  const browser = await launch();
  const at = (name) => path.join(folder, `${name}.png`);
  try {
    for (const [person, where, name] of [
      [leader, `/digests/${week}`, "digest-web"],
      [leader, "/initiatives", "initiatives"],
      [leader, "/initiatives/one?id=mihon-online", "initiative"],
      [operator, `/digests/preview?person=${leader}&week=${week}`, "digest-preview"],
      [operator, "/digests", "digests"],
      [operator, "/requests", "requests"],
      [operator, "/outbox", "outbox"],
    ]) {
      await picture(browser, address, person, where, WIDE, at(name));
      await picture(browser, address, person, where, PHONE, at(`${name}-phone`));
    }
  } finally {
    await browser.close();
  }
})();
