// Chromium as every script here starts it, and a page that keeps account of what went wrong in it.
"use strict";

const { chromium } = require("playwright-core");

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const DESKTOP = { viewport: { width: 1200, height: 860 } };
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });

async function openPage(browser, address, options = {}) {
  const context = await browser.newContext({ locale: "ja-JP", timezoneId: "Asia/Tokyo", ...DESKTOP, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  page.complaints = [];
  page.requested = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    page.complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => page.requested.push(request.url()));
  await page.goto(address);
  return page;
}

const replies = (page) => page.locator("#log .message.bot");

// Type a question as a person does, and wait for one more reply.
async function ask(page, text) {
  const before = await replies(page).count();
  await page.locator("#question").focus();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  return reply(page, before);
}

async function reply(page, before) {
  await page.waitForFunction((count) => document.querySelectorAll("#log .message.bot").length > count, before);
  await page.waitForFunction(() => document.getElementById("log").getAttribute("aria-busy") === "false");
  return replies(page).nth(before);
}

// Press a button that sends any action, as a reply's own buttons do.
async function press(page, name, value = "") {
  const before = await replies(page).count();
  await page.evaluate(
    ([name, value]) => {
      const button = document.createElement("button");
      Object.assign(button, { className: "action", textContent: name });
      Object.assign(button.dataset, { name, value });
      (document.querySelector(".starters") || document.querySelector("main")).append(button);
      button.click();
      button.remove();
    },
    [name, value],
  );
  return reply(page, before);
}

// The page glides to a new message; a picture waits until it has arrived.
const settled = (page) =>
  page.evaluate(async () => {
    for (let before = -1; before !== scrollY; ) {
      before = scrollY;
      await new Promise((done) => setTimeout(done, 120));
    }
  });

module.exports = { DESKTOP, PHONE, ask, launch, openPage, press, replies, reply, settled };
