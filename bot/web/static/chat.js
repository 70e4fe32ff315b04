// The page's script: sends what is typed or pressed, and puts the server's fragments into the conversation.
"use strict";

const TIMEOUT_MS = 30000;
const SHOW_PENDING_AFTER_MS = 250;
const log = document.getElementById("log");
const status = document.getElementById("status");
const ask = document.getElementById("ask");
const question = document.getElementById("question");
const hint = document.getElementById("hint");
const usualHint = hint ? hint.textContent : "";
const switcher = document.querySelector(".switch");
// On a touch screen a focused box means a keyboard over half the page.
const byTouch = matchMedia("(pointer: coarse)").matches;
let busy = false;

function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function say(text) {
  status.textContent = text;
}

// The line below the box says how to send, or what is missing.
function remind(text) {
  hint.textContent = text || usualHint;
  hint.classList.toggle("alert", text !== "");
  say(text);
}

// In the inbox an answer stands below the message it belongs to; in the chat everything stands at the end.
function place(node, after) {
  const next = "afterPressed" in log.dataset && after ? after.nextSibling : null;
  log.insertBefore(node, next);
}

function showMine(text, after) {
  const mine = copyOf("mine");
  mine.querySelector(".said").textContent = text;
  place(mine, after);
  return mine;
}

function waitFor(node) {
  log.setAttribute("aria-busy", "true");
  const pending = copyOf("pending");
  const timer = setTimeout(() => {
    place(pending, node);
    pending.scrollIntoView({ block: "nearest" });
    say(status.dataset.thinking);
  }, SHOW_PENDING_AFTER_MS);
  return () => {
    clearTimeout(timer);
    pending.remove();
    say("");
    log.setAttribute("aria-busy", "false");
  };
}

// Every posted form of a signed-in person carries the session's token; so does what the script sends.
function formToken() {
  const field = document.querySelector('input[name=".token"]');
  return field ? { "X-Form-Token": field.value } : {};
}

// Whatever goes wrong on the way becomes a message with a button to try again.
async function fetchReply(command) {
  try {
    const response = await fetch("/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...formToken() },
      body: JSON.stringify(command),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector("article.message") || copyOf("unsent");
  } catch {
    return copyOf("unsent");
  }
}

function repeatOnRetry(reply, command, origin) {
  const retry = reply.querySelector(".retry");
  if (!retry) return;
  retry.addEventListener("click", async () => {
    if (busy) return;
    const before = reply.previousElementSibling;
    const next = await exchange(command, before, origin);
    reply.remove();
    land(next, origin);
  });
}

async function exchange(command, mine, origin) {
  busy = true;
  const done = waitFor(mine);
  const reply = document.adoptNode(await fetchReply(command));
  done();
  place(reply, mine);
  repeatOnRetry(reply, command, origin);
  busy = false;
  return reply;
}

// A typed question keeps the focus in its box, except on touch screens. A pressed button leads to the reply it brought, so that the next Tab
// reaches the reply's own buttons.
function land(reply, origin) {
  const invalid = reply.querySelector("[aria-invalid=true]");
  if (invalid) (invalid.matches("fieldset") ? invalid.querySelector("input:not([type=hidden])") : invalid).focus();
  else if (origin === question && !byTouch) question.focus({ preventScroll: true });
  else reply.focus({ preventScroll: true });
}

async function send(command, words, origin) {
  if (busy) return false;
  const near = origin.closest(".message");
  const mine = showMine(words, near);
  mine.scrollIntoView({ block: "start" });
  land(await exchange(command, mine, origin), origin);
  mine.scrollIntoView({ block: "start" });
  return true;
}

// Every field comes along, empty where nothing was filled in; what stands for the server alone has a dot before its name.
function valuesOf(form) {
  const values = {};
  for (const element of form.elements) {
    if (element.name === ".multi") values[element.value] ||= [];
    if (!element.name || element.name.startsWith(".")) continue;
    if (element.type === "checkbox") {
      values[element.name] ||= [];
      if (element.checked) values[element.name].push(element.value);
    } else if (element.type !== "radio") values[element.name] = element.value;
    else if (element.checked) values[element.name] = element.value;
  }
  return values;
}

const pages = (form) => Number(form.dataset.steps) > 1;

// A form with mistakes comes back in its own place, and so does the next page of several; one that went through is locked
// and followed by its reply.
async function submitForm(form, submitter) {
  if (busy) return;
  const message = form.closest(".message");
  const pressed = submitter && submitter.name === ".press" ? JSON.parse(submitter.value) : null;
  const [name, value] = pressed || [form.dataset.name, form.dataset.value];
  const reply = await exchange({ name, value, values: valuesOf(form) }, message, form);
  const returned = reply.querySelector("form.fields");
  const wrong = returned && returned.querySelector("[aria-invalid=true]");
  if (returned && ((wrong && returned.dataset.name === form.dataset.name) || (pages(form) && pages(returned)))) {
    message.replaceWith(reply);
  } else if (!reply.matches(".failure")) {
    form.querySelector("fieldset").disabled = true;
  }
  land(reply, form);
  reply.scrollIntoView({ block: wrong ? "nearest" : "start" });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.action[data-name]");
  if (button) send({ name: button.dataset.name, value: button.dataset.value }, button.textContent.trim(), button);
  if (switcher && switcher.open && !switcher.contains(event.target)) switcher.open = false;
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.fields")) return;
  event.preventDefault();
  submitForm(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !switcher || !switcher.open) return;
  switcher.open = false;
  switcher.querySelector("summary").focus();
});

if (ask) {
  if (!byTouch) question.focus({ preventScroll: true });
  ask.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = question.value.trim();
    if (!text) {
      remind(status.dataset.empty);
      question.focus();
      return;
    }
    remind("");
    if (busy) return;
    question.value = "";
    send({ name: "ask", text }, text, question);
  });
  // While an input method composes, Enter chooses characters; Safari ends the composition first and tells by 229.
  question.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    ask.requestSubmit();
  });
}
