// A card in Microsoft 365 Agents Playground: node digest_teams.cjs PLAYGROUND_URL FILE WORDS [card: it alone, however long]
"use strict";

const { launch, openPage } = require("./chromium.cjs");

(async () => {
  const [url, file, words, card] = process.argv.slice(2);
  const browser = await launch();
  try {
    const page = await openPage(browser, url, { viewport: { width: 1400, height: card ? 4000 : 1250 } });
    const shows = (words) => page.waitForFunction((text) => document.body.innerText.includes(text), words, { timeout: 20000 });
    await shows("Connected.");
    await page.locator('[contenteditable="true"]').first().click();
    await page.keyboard.insertText("だより");
    await page.keyboard.press("Enter");
    await shows(words);
    await page.waitForTimeout(800);
    await (card ? page.locator(".ac-adaptiveCard").last() : page).screenshot({ path: file });
    console.log(file);
  } finally {
    await browser.close();
  }
})();
