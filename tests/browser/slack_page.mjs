// A conversation in Slack's own look, from the questions and blocks in window.TURNS.
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { Message } from "slack-blocks-to-jsx";

const BOT = { name: "DX相談ボット", logo: window.LOGO };
const ASKER = { name: "青葉 花", logo: window.FACE, className: "asker" };
const said = (text) => [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] }];

const turns = window.TURNS.flatMap(({ question, blocks }, turn) =>
  [
    { ...ASKER, blocks: said(question) },
    { ...BOT, blocks },
  ].map((message, side) =>
    createElement(Message, { key: `${turn}.${side}`, theme: "light", time: new Date(2026, 10, 22, 10, turn), ...message }),
  ),
);
createRoot(document.getElementById("talk")).render(turns);
