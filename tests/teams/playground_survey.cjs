// node playground_survey.cjs PLAYGROUND_URL SCREENSHOT_FOLDER
// Microsoft 365 Agents Playground, headless: a questionnaire page by page on one card, back, and saved.
const { chromium } = require('playwright-core');

const [url, folder] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
const arguments_ = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const STEPS = [
  ['the list', 'アンケート', '回答を受け付けている調査'],
  ['the notice', '回答する: テレワークの利用状況調査', '使いみち'],
  ['the first page', '回答を始める', 'この3か月のテレワーク日数'],
  ['the second page', '次へ', '利用した場所'],
  ['the third page', '次へ', '始業・終業の報告'],
  ['back', '戻る', '利用した場所'],
  ['saved', '保存して閉じる', '途中まで保存しました'],
];

async function main() {
  const browser = await chromium.launch({ executablePath, args: arguments_ });
  const page = await browser.newPage({ viewport: { width: 1400, height: 1300 }, locale: 'ja-JP' });
  const shows = (words) => page.waitForFunction((text) => document.body.innerText.includes(text), words, { timeout: 20000 });
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await shows('Connected.');
  for (const [name, pressed, shown] of STEPS) {
    if (name === 'the list') {
      await page.locator('[contenteditable="true"]').first().click();
      await page.keyboard.insertText(pressed);
      await page.keyboard.press('Enter');
    } else {
      if (name === 'the second page') await page.locator('.ac-adaptiveCard input').last().fill('2.5');
      await page.getByRole('button', { name: pressed, exact: true }).last().click();
    }
    await shows(shown);
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}.png` });
    console.log(`ok ${name}`);
  }
  await browser.close();
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
