// Ctrl+S or ⌘S saves; marks are copied; leaving unsaved work is asked about.
const form = document.querySelector("#article_form, #image_form");
let changed = document.querySelector(".stale") !== null;
let leaving = false;

function note(words) {
  const place = document.getElementById("unsaved");
  if (place) place.textContent = words;
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
  const save = form?.querySelector("input[name=_continue]");
  if (!save) return;
  event.preventDefault();
  save.click();
});

for (const kind of ["input", "change"]) {
  form?.addEventListener(kind, (event) => {
    changed = true;
    if (event.target !== form) note("Not saved yet.");
  });
}
form?.addEventListener("submit", () => { leaving = true; });
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
