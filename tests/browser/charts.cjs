// Charts in the inbox, wide and narrow: node charts.cjs ADDRESS FOLDER PERSON
"use strict";

const path = require("node:path");
const { launch, openPage } = require("./chromium.cjs");

(async () => {
  const [address, folder, person] = process.argv.slice(2);
  const browser = await launch();
  try {
    for (const [name, options] of [
      ["charts-web", { viewport: { width: 1200, height: 860 } }],
      ["charts-phone", { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }],
    ]) {
      const page = await openPage(browser, "about:blank", options);
      await page.context().addCookies([{ name: "dxbot_person", value: person, url: address }]);
      await page.goto(address + "/inbox");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      const broken = await page.evaluate(() => [...document.images].filter((image) => !image.naturalWidth).length);
      if (page.complaints.length || wide > 0 || broken) throw new Error(`${page.complaints.join()} ${wide} ${broken}`);
      const file = path.join(folder, `${name}.png`);
      await page.screenshot({ path: file, fullPage: true });
      console.log(file);
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
})();
