// Notes: the dialog over the form, and the names to mention, come when somebody wants them.
const piece = document.getElementById("piece-notes");

if (piece) document.addEventListener("click", async (event) => {
  const asked = event.target.closest("a[data-notes], a[href='#piece-notes']");
  if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  const link = "notes" in asked.dataset ? asked : piece;
  try {
    await (await import(piece.dataset.dialog)).open(link);
  } catch {
    window.open(link.href, "_blank", "noopener");
  }
}, true);

document.addEventListener("focusin", ({ target }) => {
  if (!target.dataset?.people) return;
  import(target.dataset.module).then(({ follow }) => follow(target), () => {}); // names can be typed
});
