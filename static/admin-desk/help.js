// The sheet of keys, by its button or by "?" outside of fields; the button of the live preview.
const sheet = document.getElementById("keys");
const button = document.getElementById("show-keys");

if (sheet && button) {
  const [mac, linux] = [/Mac|iP/, /Linux/].map((system) => system.test(navigator.platform));
  const name = (kind, words) => {
    for (const key of sheet.querySelectorAll(`[data-${kind}]`)) key.textContent = words;
  };
  if (mac) name("command", "⌘");
  if (mac || linux) name("free", mac ? "Ctrl + Option" : "Alt + Shift");
  button.hidden = false;
  button.addEventListener("click", () => sheet.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || document.querySelector("dialog:modal")) return;
    if (event.target.closest("input, textarea, select, [contenteditable], [role=combobox]")) return;
    event.preventDefault();
    sheet.showModal();
  });
}

const preview = document.getElementById("show-preview");
if (preview) {
  preview.hidden = false;
  preview.addEventListener("click", async () => (await import("admin-desk/live-preview")).toggle());
}
