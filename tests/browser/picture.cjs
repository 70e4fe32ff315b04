// One picture of the chat for the README: node picture.cjs ADDRESS FILE
"use strict";

const { ask, launch, openPage, settled } = require("./chromium.cjs");

(async () => {
  const [address, file] = process.argv.slice(2);
  const browser = await launch();
  try {
    const page = await openPage(browser, address, {
      viewport: { width: 960, height: 850 },
      deviceScaleFactor: 1.5,
      reducedMotion: "reduce",
    });
    await ask(page, "BPRとは何ですか");
    await ask(page, "標準化");
    await page.evaluate(() => document.querySelector(".mine").scrollIntoView({ block: "start" }));
    await settled(page);
    if (page.complaints.length || (await page.locator(".failure").count())) throw new Error(page.complaints.join());
    await page.screenshot({ path: file });
    console.log(file);
  } finally {
    await browser.close();
  }
})();
