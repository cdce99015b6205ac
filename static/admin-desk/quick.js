// "Paste a link or a quotation": what the server understands becomes rows, to be looked at.
import { addRow } from "admin-desk/cite";

const quick = document.querySelector(".quick");
const box = quick?.querySelector("textarea");

function fill(row, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = row.querySelector(`[name="${row.id}-${name}"]`);
    if (!field || field.value === value) continue;
    field.value = value;
    field.closest("details")?.setAttribute("open", "");
  }
  row.dispatchEvent(new Event("change", { bubbles: true }));
}

async function ask() {
  const body = new FormData();
  body.append("text", box.value);
  body.append("csrfmiddlewaretoken", box.form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(quick.dataset.url, { method: "POST", body, redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).rows;
}

async function add() {
  if (!box.value.trim() || box.readOnly) return;
  const say = (words) => { quick.querySelector("[role=status]").textContent = words; };
  box.readOnly = true;
  try {
    const rows = (await ask()).map((fields) => {
      const row = addRow();
      fill(row, fields);
      return row;
    });
    box.value = "";
    say(`Added ${rows.map((row) => `E${row.dataset.number}`).join(", ") || "nothing"}. Not saved yet.`);
    rows[0]?.querySelector("[name$=-claim]").focus();
  } catch {
    say("The desk did not answer. What you pasted stays here; saving the piece adds it too.");
  }
  box.readOnly = false;
}

if (quick) {
  quick.querySelector("button").hidden = false;
  quick.addEventListener("click", ({ target }) => { if (target.matches("button")) add(); });
  box.addEventListener("paste", () => { if (!box.value) setTimeout(add); });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    add();
  });
}
