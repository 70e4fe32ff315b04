// A questionnaire answered by keyboard alone, from the purpose notice to the receipt: node walk.cjs ADDRESS PERSON TITLE ANSWERS
// ANSWERS: JSON of each field's answer, a list for ticks. Prints JSON: of each page what can be read (a line each), what it asks, the keys
// that were pressed, and the milliseconds until the next page stood there.
"use strict";

const assert = require("node:assert/strict");
const { ask, launch, openPage } = require("./chromium.cjs");

const MOST_TABS = 60;
const SHOWN = "#log .message.bot:last-child";

// What is to be read: buttons, and what takes an answer back, are found when they are wanted; what only screen readers are told is not seen.
const linesOf = (page) =>
  page.locator(SHOWN).evaluate((node) => {
    const aside = [...node.querySelectorAll("button, .clear, .unseen")].flatMap((one) => one.innerText.split("\n"));
    const lines = node.innerText.split(/[\n\t]/).map((line) => line.trim());
    return lines.filter((line) => line && !aside.includes(line));
  });

class Hands {
  constructor(page) {
    this.page = page;
    this.keys = 0;
  }

  async press(key) {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  async type(text) {
    for (const key of text) await this.press(key);
  }

  // Tab until what has the focus matches; the browser skips the other radio buttons of a group by itself.
  async tabTo(selector) {
    for (let step = 0; step < MOST_TABS; step += 1) {
      await this.press("Tab");
      if (await this.page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    }
    assert.fail(`${selector} is not reached`);
  }

  // From the first of a group the arrow keys lead to the others, and choose them.
  async choose(name, value) {
    await this.tabTo(`input[name="${name}"][type=radio]`);
    const chosen = () => this.page.evaluate(() => document.activeElement.value);
    if ((await chosen()) === value) return this.press("Space");
    for (let step = 0; step < MOST_TABS && (await chosen()) !== value; step += 1) await this.press("ArrowDown");
    assert.equal(await chosen(), value);
  }

  async tick(name, values) {
    for (const value of values) {
      await this.tabTo(`input[name="${name}"][value="${value}"]`);
      await this.press("Space");
    }
  }
}

async function answer(hands, answers) {
  const inputs = hands.page.locator(`${SHOWN} form.fields input:not([type=hidden])`);
  const found = await inputs.evaluateAll((all) => all.map((one) => [one.name, one.type, one.value]));
  const asks = [...new Set(found.map(([name]) => name))];
  for (const name of asks) {
    if (!(name in answers)) continue;
    const own = found.filter(([one]) => one === name);
    if (own[0][1] === "radio") await hands.choose(name, answers[name]);
    else if (own[0][1] === "checkbox") {
      const order = own.map(([, , value]) => value).filter((value) => answers[name].includes(value));
      assert.equal(order.length, answers[name].length, `${name}: ${answers[name]}`);
      await hands.tick(name, order);
    } else {
      await hands.tabTo(`input[name="${name}"]`);
      await hands.type(answers[name]);
    }
  }
  return asks;
}

(async () => {
  const [address, person, title, told] = process.argv.slice(2);
  const answers = JSON.parse(told);
  const browser = await launch();
  const walked = [];
  try {
    const page = await openPage(browser, "about:blank", { reducedMotion: "reduce" });
    await page.context().addCookies([{ name: "dxbot_person", value: person, url: address }]);
    await page.goto(address);
    const list = await ask(page, "アンケート");
    await list.locator("button.action").filter({ hasText: title }).first().click();
    await page.locator(SHOWN).getByRole("button", { name: "回答を始める" }).waitFor();
    for (let done = false; !done; ) {
      const lines = await linesOf(page);
      const hands = new Hands(page);
      const asks = await answer(hands, answers);
      await hands.tabTo(`${SHOWN} :is(.actions .action.main, .actions .action[data-name=survey_show])`);
      const before = await page.locator(SHOWN).getAttribute("id");
      const since = performance.now();
      await hands.press("Enter");
      await page.waitForFunction(
        ([selector, id]) => {
          const reply = document.querySelector(selector);
          return reply && reply.id !== id && document.activeElement === reply;
        },
        [SHOWN, before],
      );
      walked.push({ lines, asks, keys: hands.keys, milliseconds: performance.now() - since });
      done = (await page.getByRole("heading", { name: "回答を受け付けました" }).count()) > 0;
    }
    assert.deepEqual(page.complaints, []);
    console.log(JSON.stringify(walked));
  } finally {
    await browser.close();
  }
})();
