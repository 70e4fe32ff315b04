// What a form helps with while it is filled in. The server checks all of it.
"use strict";

// A choice that stands alone unticks the others, and any other unticks it; beyond the most there is no further tick.
document.addEventListener("change", (event) => {
  const box = event.target;
  const field = box.closest("fieldset.field");
  if (box.type !== "checkbox" || !field || !box.checked) return;
  const boxes = [...field.querySelectorAll("input[type=checkbox]")];
  const alone = "alone" in box.dataset;
  for (const other of boxes) if (other !== box && (alone || "alone" in other.dataset)) other.checked = false;
  const most = Number(field.dataset.most) || Infinity;
  if (boxes.filter((one) => one.checked).length <= most) return;
  box.checked = false;
  const hint = field.querySelector(".field-hint");
  hint.setAttribute("role", "alert");
  hint.classList.add("alert");
});
