// While a file is being made: fetches the page again and shows how far it is; goes to it once it says something else.
"use strict";

const EVERY_MS = 1000;
const making = document.getElementById("making");

async function look() {
  const response = await fetch(making.dataset.path, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const now = page.getElementById("making");
  if (!response.ok || !now) {
    location.reload();
    return;
  }
  making.querySelector("p").textContent = now.querySelector("p").textContent;
  const bar = making.querySelector("progress");
  bar.max = now.querySelector("progress").max;
  bar.value = now.querySelector("progress").value;
  setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
