// node playground.cjs PLAYGROUND_URL SCREENSHOT_FOLDER
// Microsoft 365 Agents Playground, headless: a person asks, clicks a candidate, and sees the source.
const { chromium } = require('playwright-core');

const [url, folder] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
const arguments_ = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

async function main() {
  const browser = await chromium.launch({ executablePath, args: arguments_ });
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 }, locale: 'ja-JP' });
  const shows = (words) => page.waitForFunction((text) => document.body.innerText.includes(text), words, { timeout: 20000 });
  const say = async (words) => {
    await page.locator('[contenteditable="true"]').first().click();
    await page.keyboard.insertText(words);
    await page.keyboard.press('Enter');
  };
  const step = async (name, work) => {
    try {
      await work();
      console.log(`ok ${name}`);
    } catch (error) {
      await page.screenshot({ path: `${folder}/failed.png` });
      throw new Error(`${name}: ${error.message}`);
    }
  };
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await step('connected', () => shows('Connected.'));
  await step('help is answered', async () => {
    await say('使いかた');
    await shows('DX相談ボットの使いかた');
  });
  await step('several candidates are offered', async () => {
    await say(process.env.QUESTION);
    await shows('どれについて知りたいですか');
    await page.screenshot({ path: `${folder}/candidates.png` });
  });
  await step('a clicked candidate shows its source', async () => {
    const button = page.getByRole('button', { name: process.env.CANDIDATE, exact: true }).last();
    await button.click();
    await shows('出典: ');
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${folder}/source.png` });
  });
  await browser.close();
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
