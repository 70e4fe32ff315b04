// What a person does with the chat, in a real browser: node checks.cjs ADDRESS FOLDER
// Prints a JSON object: each check's name with "" when it held, or why it did not. Pictures go into FOLDER.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { PHONE, ask, launch, openPage, press, replies, reply, settled } = require("./chromium.cjs");

const [address, folder] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className);

async function picture(page, name, options) {
  await settled(page);
  await page.screenshot({ path: path.join(folder, `${name}.png`), ...options });
}

// Runs in the page: whether the focused element can be seen between the two bars.
function isClear() {
  const element = document.activeElement;
  if (!element.closest("main") || element.matches(".message")) return true;
  const box = element.getBoundingClientRect();
  const below = document.querySelector(".top").getBoundingClientRect().bottom;
  const above = document.querySelector(".composer").getBoundingClientRect().top;
  return box.top >= below && box.bottom <= above;
}

async function tabTo(page, selector, key = "Tab") {
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press(key);
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached by ${key}`);
}

async function assertAccessible(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const said = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(", ")}`);
  assert.deepEqual(said, [], where);
}

const assertFits = async (page) => {
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= width, `the page is ${content} wide on a screen of ${width}`);
};

const checks = {
  async "a question by keyboard alone"(open) {
    const page = await open();
    assert.equal(await focused(page), "question");
    const answer = await ask(page, "BPRとは何ですか");
    assert.match(await answer.innerText(), /BPR/);
    assert.equal(await answer.locator(".source").count(), 1);
    assert.equal(await page.inputValue("#question"), "");
    assert.equal(await focused(page), "question");
    assert.equal(await page.locator(".mine .said").innerText(), "BPRとは何ですか");
    await picture(page, "answer");
  },

  async "shift and enter makes a new line"(open) {
    const page = await open();
    await page.keyboard.type("一行目");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("二行目");
    assert.equal(await page.inputValue("#question"), "一行目\n二行目");
    assert.equal(await page.locator(".mine").count(), 0);
  },

  async "enter while composing does not send"(open) {
    const page = await open();
    const client = await page.context().newCDPSession(page);
    await client.send("Input.imeSetComposition", { text: "びーぴーあーる", selectionStart: 7, selectionEnd: 7 });
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".mine").count(), 0);
    await client.send("Input.insertText", { text: "BPR" });
    const safari = { key: "Enter", keyCode: 229, bubbles: true, cancelable: true };
    await page.evaluate((keys) => question.dispatchEvent(new KeyboardEvent("keydown", keys)), safari);
    assert.equal(await page.locator(".mine").count(), 0);
    assert.match(await page.inputValue("#question"), /BPR/);
    await page.keyboard.press("Enter");
    await reply(page, 0);
  },

  async "an empty question is pointed out"(open) {
    const page = await open();
    const usual = await page.locator("#hint").innerText();
    await page.keyboard.press("Enter");
    assert.notEqual(await page.locator("#hint").innerText(), usual);
    assert.notEqual(await page.locator("#status").innerText(), "");
    assert.equal(await page.locator("#log .message").count(), 0);
    await ask(page, "BPR");
    assert.equal(await page.locator("#hint").innerText(), usual);
  },

  async "candidates by keyboard, and the focus goes along"(open) {
    const page = await open();
    const question = await ask(page, "デジタル");
    assert.ok((await question.locator("button[data-name=pick]").count()) > 1, "it asks back");
    await tabTo(page, "#log button[data-name=pick]", "Shift+Tab");
    const chosen = await page.evaluate(() => document.activeElement.textContent);
    await page.keyboard.press("Enter");
    const answer = await reply(page, 1);
    assert.equal(await answer.locator(".source").count(), 1);
    assert.equal(await page.locator(".mine .said").last().innerText(), chosen);
    await picture(page, "candidates");
    const first = await press(page, "specimen", "はじめ");
    assert.ok(await first.evaluate((node) => node === document.activeElement), "the focus is on the new reply");
    await tabTo(page, "button.action[data-name=specimen]");
    const before = await replies(page).count();
    await page.keyboard.press("Enter");
    const next = await reply(page, before);
    assert.match(await next.innerText(), /値はつぎ/);
    assert.ok(await next.evaluate((node) => node === document.activeElement));
    assert.equal(await page.locator(".mine .said").last().innerText(), "もっと読む");
    await tabTo(page, "#question");
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press("Shift+Tab");
      await settled(page);
      assert.ok(await page.evaluate(isClear), "what has the focus is not under a bar");
    }
  },

  async "candidates by pointer"(open) {
    const page = await open();
    await page.locator(".starters .action").first().click();
    const answer = await reply(page, 0);
    assert.notEqual(await answer.innerText(), "");
    await picture(page, "starter");
  },

  async "switching the person by keyboard"(open) {
    const page = await open();
    await ask(page, "BPR");
    await tabTo(page, ".switch summary", "Shift+Tab");
    await page.keyboard.press("Enter");
    await picture(page, "switch");
    await page.keyboard.press("Escape");
    assert.ok(await page.evaluate(() => document.activeElement.matches("summary")), "Escape closes the list");
    await page.keyboard.press("Enter");
    await tabTo(page, "button[value='900002']");
    await page.keyboard.press("Enter");
    await page.waitForURL(address + "/");
    await page.waitForFunction(() => document.querySelector(".who").textContent.includes("DX推進リーダー"));
    assert.match(await page.locator(".hello").innerText(), /若葉 健/);
    assert.equal(await page.locator("#log .message").count(), 0);
    const said = await press(page, "specimen");
    assert.match(await said.innerText(), /若葉 健/);
  },

  async "everyone can be chosen, and fits the narrowest screen"(open) {
    const page = await open({ ...PHONE, viewport: { width: 320, height: 640 } });
    for (const role of ["DX推進リーダー", "所属長", "職員課", "デジタル推進室", "未登録の職員", "職員"]) {
      await page.locator(".switch summary").click();
      await page.locator(".seats button", { has: page.locator(".seat-role", { hasText: new RegExp(`^${role}`) }) }).last().click();
      await page.waitForFunction((wanted) => document.querySelector(".who").textContent.includes(wanted), role);
      await assertFits(page);
      assert.equal(await page.evaluate(() => scrollY), 0, "the page begins at its beginning");
      await picture(page, `narrow-${role}`);
    }
  },

  async "a form by keyboard, with mistakes in their place"(open) {
    const page = await open();
    await press(page, "survey");
    await tabTo(page, "input[name=name]");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#log [aria-invalid=true]");
    assert.ok(await page.evaluate(() => document.activeElement.matches("input[name=name][aria-invalid=true]")));
    assert.equal(await page.locator("form.fields").count(), 1, "the form came back in its own place");
    await picture(page, "form", { fullPage: true });
    await page.keyboard.type("青葉 花");
    const before = await replies(page).count();
    await page.keyboard.press("Enter");
    const thanks = await reply(page, before);
    assert.match(await thanks.innerText(), /name=青葉 花/);
    assert.match(await thanks.innerText(), /tools=\['chat', 'meet'\]/);
    assert.ok(await page.locator("form.fields fieldset.whole").evaluate((node) => node.disabled));
  },

  async "a form of several pages, back and saved"(open) {
    const page = await open();
    const first = await press(page, "page");
    const ticked = () => page.locator("input[name=why]:checked").evaluateAll((boxes) => boxes.map((box) => box.value));
    for (const value of ["c1", "c2", "c3", "c4"]) await page.locator(`input[name=why][value=${value}]`).click();
    assert.deepEqual(await ticked(), ["c1", "c2", "c3"], "no more than three");
    await page.locator("input[name=why][value=c13]").click();
    assert.deepEqual(await ticked(), ["c13"], "it stands alone");
    await page.locator("input[name=why][value=c1]").click();
    assert.deepEqual(await ticked(), ["c1"], "and gives way");
    await page.locator("input[name='tasks.c1'][value=c2]").click();
    await page.locator("input[type=radio][name='tasks.c1'][value='']").click();
    await page.locator("input[name='tasks.c2'][value=c2]").click();
    await picture(page, "pages-1", { fullPage: true });
    await first.locator(".main").click();
    await page.waitForSelector("#log [aria-invalid=true]");
    await page.locator("input[name=days]").fill("2.5");
    await page.locator("form.fields .main").click();
    await page.waitForSelector(".scale");
    assert.equal(await page.locator("form.fields").count(), 1, "the next page stands in the place of the first");
    await page.locator("input[name=useful][value=c4]").click();
    await page.getByRole("button", { name: "戻る" }).click();
    await page.waitForSelector(".matrix");
    await page.locator("input[name=days]").fill("3");
    const before = await replies(page).count();
    await page.getByRole("button", { name: "保存して閉じる" }).click();
    const saved = await reply(page, before);
    assert.match(await saved.innerText(), /days=3 \/ tasks\.c1=/);
  },

  async "a form on a phone"(open) {
    const page = await open(PHONE);
    await press(page, "page");
    await assertFits(page);
    await picture(page, "pages-phone", { fullPage: true });
  },

  async "waiting is shown and told"(open) {
    const page = await open();
    const answered = press(page, "think");
    await page.waitForSelector(".pending");
    assert.equal(await page.locator("#log").getAttribute("aria-busy"), "true");
    assert.notEqual(await page.locator("#status").textContent(), "");
    await picture(page, "waiting");
    await answered;
    assert.equal(await page.locator(".pending").count(), 0);
    assert.equal(await page.locator("#status").textContent(), "");
  },

  async "a lost connection is said, and trying again works"(open) {
    const page = await open();
    await page.route("**/chat", (route) => route.abort());
    const failure = await ask(page, "BPRとは何ですか");
    assert.match(await failure.getAttribute("class"), /failure/);
    assert.equal(page.complaints.splice(0).length, 1, "the browser reports the lost request");
    await page.unroute("**/chat");
    await picture(page, "failure");
    await failure.locator(".retry").click();
    await page.waitForFunction(() => document.querySelector("#log .source"));
    assert.equal(await page.locator(".failure").count(), 0);
    assert.equal(await page.locator(".mine").count(), 1);
  },

  async "a defect of the server is said, too"(open) {
    const page = await open();
    const failure = await press(page, "crash");
    assert.match(await failure.getAttribute("class"), /failure/);
    assert.match(page.complaints.splice(0).join(), /500/);
  },

  async "a phone of 360 pixels"(open) {
    const page = await open(PHONE);
    await picture(page, "phone-empty");
    await assertFits(page);
    await ask(page, "BPRとは何ですか");
    assert.notEqual(await focused(page), "question", "the keyboard makes room for the answer");
    await picture(page, "phone");
    await press(page, "specimen");
    await press(page, "survey");
    await ask(page, "https://example.jp/" + "nagai".repeat(40));
    await assertFits(page);
    await page.locator(".switch summary").tap();
    await assertFits(page);
    await picture(page, "phone-switch");
    const box = await page.locator("#question").evaluate((node) => ({
      size: parseFloat(getComputedStyle(node).fontSize),
      below: innerHeight - node.closest("footer").getBoundingClientRect().bottom,
    }));
    assert.ok(box.size >= 16, "smaller letters make iOS zoom in");
    assert.equal(Math.round(box.below), 0, "the box stands at the bottom");
    const low = await page.locator("button.action:visible, .send").evaluateAll(
      (nodes) => nodes.filter((node) => node.getBoundingClientRect().height < 44).map((node) => node.textContent),
    );
    assert.deepEqual(low, [], "every button is 44 pixels high");
    await page.goto(`${address}/inbox`);
    await assertFits(page);
    await picture(page, "phone-inbox");
  },

  async "the inbox, and a button in it"(open) {
    const page = await open();
    await page.locator(".inbox-link").click();
    await page.waitForURL(/inbox/);
    assert.equal(await page.locator("#log .message").count(), 2);
    await picture(page, "inbox");
    await page.locator("#log .action").first().click();
    await reply(page, 2);
    const order = await page.locator("#log .message").evaluateAll((nodes) => nodes.map((node) => node.className));
    assert.deepEqual(order, ["message bot", "message mine", "message bot", "message bot"]);
  },

  async "hostile text stays text"(open) {
    const page = await open();
    await press(page, "hostile");
    await ask(page, "<img src=x onerror=alert(1)>");
    assert.equal(await page.locator('#log img:not([src^="data:image/svg+xml;base64,"]), #log script').count(), 0);
    assert.equal(await page.locator(".mine .said").last().innerText(), "<img src=x onerror=alert(1)>");
  },

  async "the policy holds, and nothing comes from elsewhere"(open) {
    const page = await open();
    await ask(page, "BPR");
    await press(page, "specimen");
    await page.goto(`${address}/inbox`);
    assert.deepEqual(page.complaints, []);
    for (const url of page.requested) assert.ok(url.startsWith(address), url);
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.intruder = true";
      document.head.append(script);
    });
    assert.equal(await page.evaluate(() => window.intruder), undefined);
    assert.match(page.complaints.splice(0).join(), /Content Security Policy/);
  },

  async "less motion where it is asked for"(open) {
    const page = await open({ reducedMotion: "reduce" });
    const moves = await page.evaluate(() => {
      log.append(document.getElementById("pending").content.cloneNode(true));
      const dot = document.querySelector(".dots i");
      return [getComputedStyle(dot).animationName, getComputedStyle(document.documentElement).scrollBehavior];
    });
    assert.deepEqual(moves, ["none", "auto"]);
  },

  async "dark where it is asked for"(open) {
    const light = await open({ colorScheme: "light" });
    const dark = await open({ colorScheme: "dark" });
    const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.notEqual(await ground(light), await ground(dark));
    await ask(dark, "BPRとは何ですか");
    await press(dark, "specimen");
    await picture(dark, "dark", { fullPage: true });
  },
};

// axe looks at every page in both colours; contrast below 4.5 is among what it reports.
for (const colorScheme of ["light", "dark"]) {
  checks[`axe finds nothing in ${colorScheme}`] = async (open) => {
    const page = await open({ colorScheme, reducedMotion: "reduce" });
    await assertAccessible(page, "empty chat");
    await ask(page, "BPRとは何ですか");
    await press(page, "specimen");
    await press(page, "survey");
    await page.locator("form.fields .main").click();
    await page.waitForSelector("#log [aria-invalid=true]");
    const paged = await press(page, "page");
    await assertAccessible(page, "a matrix");
    await paged.locator("input[name=days]").fill("1");
    await paged.locator(".main").click();
    await page.waitForSelector(".scale");
    await press(page, "crash");
    page.complaints.splice(0);
    await page.locator(".chart summary").first().click();
    await page.locator(".switch summary").click();
    await assertAccessible(page, "full chat");
    await page.goto(`${address}/inbox`);
    await assertAccessible(page, "inbox");
    await page.goto(`${address}/nowhere`);
    page.complaints.splice(0);
    await assertAccessible(page, "error page");
  };
}

(async () => {
  const browser = await launch();
  const results = {};
  for (const [name, check] of Object.entries(checks)) {
    const pages = [];
    const open = async (options) => {
      const page = await openPage(browser, address, options);
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
