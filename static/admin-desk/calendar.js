// Keys of the calendar: ← and → for earlier and later days, T for today. They press its links.

const LINKS = { ArrowLeft: "a[rel=prev]", ArrowRight: "a[rel=next]", t: "a[data-today]" };

document.querySelector("[data-keys]").hidden = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable], [role=combobox]")) return;
  const link = LINKS[event.key] && document.querySelector(`.calendar-moves ${LINKS[event.key]}`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
