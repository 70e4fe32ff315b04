// A card in Microsoft 365 Agents Playground: node digest_teams.cjs PLAYGROUND_URL FILE WORDS [card: it alone, however long]
// With `cards COUNT` in the place of `card` each of so many cards: FILE.png becomes FILE-1.png and on.
"use strict";

const { launch, openPage } = require("./chromium.cjs");

(async () => {
  const [url, file, words, card, count] = process.argv.slice(2);
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
    if (card === "cards") {
      const cards = page.locator(".ac-adaptiveCard");
      await page.waitForFunction((wanted) => document.querySelectorAll(".ac-adaptiveCard").length >= wanted, Number(count));
      await page.waitForTimeout(800);
      for (let place = 0; place < Number(count); place += 1) {
        const one = file.replace(/\.png$/, `-${place + 1}.png`);
        await cards.nth(place).screenshot({ path: one });
        console.log(one);
      }
      return;
    }
    await (card ? page.locator(".ac-adaptiveCard").last() : page).screenshot({ path: file });
    console.log(file);
  } finally {
    await browser.close();
  }
})();
