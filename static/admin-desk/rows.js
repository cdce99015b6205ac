// Rows move by button and by pointer; their place is what is saved.
const rows = (list) => [...list.children].filter(
  (row) => row.matches(".inline-related:not(.empty-form)"));

function place(list) {
  rows(list).forEach((row, index) => {
    const field = row.querySelector(":scope > input[name$='-position']");
    if (field) field.value = index;
  });
}

function say(row, list) {
  const here = rows(list).indexOf(row) + 1;
  document.getElementById("unsaved").textContent = `Moved to place ${here} of ${rows(list).length}. Not saved yet.`;
  row.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
}

function move(row, step) {
  const list = row.parentElement;
  const all = rows(list);
  const other = all[all.indexOf(row) + step];
  if (!other) return;
  step < 0 ? other.before(row) : other.after(row);
  row.classList.add("moved");
  place(list);
  say(row, list);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-move]");
  if (!button) return;
  move(button.closest(".inline-related"), Number(button.dataset.move));
  button.focus();
});

// Dragging starts at the handle only, so that text in the fields can still be selected.
let dragged = null;
document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".drag");
  if (!handle || event.button !== 0) return;
  dragged = handle.closest(".inline-related");
  dragged.classList.add("dragged");
  handle.setPointerCapture(event.pointerId);
  event.preventDefault();
});
document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const list = dragged.parentElement;
  const others = rows(list).filter((row) => row !== dragged);
  const after = others.filter((row) => {
    const box = row.getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  });
  after.length ? after.at(-1).after(dragged) : others[0]?.before(dragged);
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    if (!dragged) return;
    const row = dragged;
    dragged = null;
    row.classList.remove("dragged");
    row.classList.add("moved");
    place(row.parentElement);
    say(row, row.parentElement);
  });
}

document.addEventListener("formset:added", (event) => {
  const list = event.target.parentElement;
  if (list.matches(".desk-rows.ordered")) place(list);
});
