// The notes of a piece over its form. What is typed in the form stays, saved or not.
import { dress } from "admin-desk/dress";

const FRAME = `
  <div class="notes-head"><h2 id="notes-title" tabindex="-1">Notes</h2><button type="button" class="step" data-leave>Back to the piece</button></div>
  <p class="notes-said" role="status"></p>
  <div class="notes-body"></div>`;

function frame() {
  const dialog = document.createElement("dialog");
  dialog.className = "notes-dialog";
  dialog.setAttribute("aria-labelledby", "notes-title");
  dialog.innerHTML = FRAME;
  document.body.append(dialog);
  return dialog;
}

// What the desk answered; an error when it is not the notes, as after a session has ended.
async function ask(url, options) {
  const answer = await fetch(url, options);
  const page = document.createElement("template");
  page.innerHTML = await answer.text();
  const notes = page.content.getElementById("notes");
  if (!notes) throw new Error(answer.status);
  return notes;
}

// How many are open, beside each section and over the form.
function count({ dataset }) {
  const open = JSON.parse(dataset.counts);
  const all = Object.values(open).reduce((sum, one) => sum + one, 0);
  for (const link of document.querySelectorAll("a[data-notes]")) {
    const number = link.dataset.notes ? open[link.dataset.notes] : all;
    link.querySelector(".count").textContent = number ? `(${number})` : "";
  }
}

export async function open(link) {
  await dress("notes");
  if (document.querySelector("dialog[open]")) return; // asked for twice
  const url = new URL(link.href);
  url.searchParams.set("part", "1");
  const dialog = frame();
  const part = (name) => dialog.querySelector(name);
  const say = (words) => { part(".notes-said").textContent = words; };
  let typed = false; // words that a slip would lose
  let busy = false;

  function show(notes) {
    part("h2").textContent = notes.dataset.title;
    part(".notes-body").replaceChildren(notes);
    count(notes);
    typed = false;
    say(notes.querySelector(".notes-messages")?.textContent.trim() ?? "");
    const field = notes.querySelector(".errors textarea, .errors input");
    field?.closest("details")?.setAttribute("open", "");
    (field ?? part("h2")).focus();
  }

  async function send(form) {
    if (busy) return;
    busy = true;
    try {
      show(await ask(form.action, { method: "POST", body: new FormData(form) }));
    } catch {
      say("It was not sent: the desk did not answer as it should. Your words stay here; copy them, or try again.");
    }
    busy = false;
  }

  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target);
  });
  dialog.addEventListener("input", () => { typed = true; });
  function leave() {
    if (!typed) return dialog.close();
    typed = false;
    return say("What you typed is not sent yet. Send it, or leave again to drop it.");
  }
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  dialog.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || !["s", "enter"].includes(event.key.toLowerCase())) return;
    // Not the piece behind it: what is in front is sent.
    event.preventDefault();
    event.stopPropagation();
    event.target.form?.requestSubmit();
  });
  part("[data-leave]").addEventListener("click", leave);
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  dialog.showModal();
  say("Loading…");
  try {
    show(await ask(url));
    if (matchMedia("(pointer: fine)").matches) part("textarea")?.focus();
  } catch {
    dialog.close();
    throw new Error("no notes");
  }
}
