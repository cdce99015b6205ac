// Keys for who writes all day: save, publish, jump, add a row. Leaving unsaved work is asked about.
const form = document.querySelector("#article_form, #image_form");
let changed = document.querySelector(".stale") !== null;
let leaving = false;

function note(words) {
  const place = document.getElementById("unsaved");
  if (place) place.textContent = words;
}

// The keys that browsers leave to pages, as for access keys: on Linux Alt with a digit is a tab.
const [mac, linux] = [/Mac|iP/, /Linux/].map((system) => system.test(navigator.platform));
const isFree = (event) => event.altKey && !event.metaKey && event.ctrlKey === mac && event.shiftKey === linux;
const FIELDS = ".ProseMirror, .select2-selection, input:not([type=hidden]), textarea, select, button, a[href]";

function focusIn(place) {
  const own = place.matches("select, textarea") && (place.parentElement.querySelector(".select2-selection, .ProseMirror") ?? place);
  const found = own || (place.matches(FIELDS) ? place : [...place.querySelectorAll(FIELDS)].find((field) => field.checkVisibility()));
  found?.focus({ preventScroll: true });
}

// To a section, a row or a field, whatever is folded over it.
function go(id) {
  const place = id && document.getElementById(id);
  if (!place || !form?.contains(place)) return false;
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  focusIn(place.querySelector(".part") ?? (place.matches(".row-head") ? place.parentElement.querySelector("fieldset") ?? place : place));
  (place.checkVisibility() ? place : place.parentElement).scrollIntoView({ block: place.matches("section") ? "start" : "center" });
  return true;
}

function press(name) {
  const button = form?.querySelector(`input[name=${name}]`);
  button?.click();
  return Boolean(button);
}

const jump = (digit) => go(document.querySelectorAll(".desk-section")[digit - 1]?.id);

function preview() {
  const button = document.getElementById("show-preview");
  button?.click();
  return Boolean(button);
}

function addRow() {
  const adder = document.activeElement.closest(".desk-section")?.querySelector(".add-row :is(a, button)");
  adder?.click();
  return Boolean(adder);
}

function act(event) {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key === "s") return press("_continue");
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key === "enter") return press("_publish");
  if (!isFree(event)) return false;
  if (event.code === "KeyN") return addRow();
  if (event.code === "KeyP") return preview();
  return /^Digit[1-9]$/.test(event.code) && jump(event.code.at(-1));
}

// Before the editors, for which some of these keys are breaks of lines.
document.addEventListener("keydown", (event) => {
  if (event.isComposing || document.querySelector("dialog:modal") || !act(event)) return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("desk:go", ({ detail }) => { detail.find(go); });
addEventListener("hashchange", () => go(location.hash.slice(1)));
addEventListener("load", () => go(location.hash.slice(1)));

for (const kind of ["input", "change"]) {
  form?.addEventListener(kind, (event) => {
    changed = true;
    if (event.target !== form) note("Not saved yet.");
  });
}
form?.addEventListener("submit", () => { leaving = true; });
form?.addEventListener("kept", () => { changed = false; }); // autosave.js: the desk has all of it
window.addEventListener("beforeunload", (event) => {
  if (changed && !leaving) event.preventDefault();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add("copied");
  note(`${button.dataset.copy} is copied.`);
});
