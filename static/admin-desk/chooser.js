// One dialog in which a picture of the library is chosen, uploaded and described.
import { pictureById, remember } from "admin-desk/chooser-ask";
import { openLibrary } from "admin-desk/chooser-library";
import { openWords } from "admin-desk/chooser-words";
import { dress } from "admin-desk/dress";

export { pictureById } from "admin-desk/chooser-ask";

const FRAME = `
  <div class="chooser-head">
    <h2 id="chooser-title"></h2>
    <button type="button" class="step" data-close>Close</button>
  </div>
  <p class="chooser-said soft" role="status"></p>
  <div class="chooser-library"></div>
  <div class="chooser-words" hidden></div>`;

function frame() {
  const dialog = document.createElement("dialog");
  dialog.className = "chooser";
  dialog.setAttribute("aria-labelledby", "chooser-title");
  dialog.innerHTML = FRAME;
  document.body.append(dialog);
  return dialog;
}

// Opens the dialog; `begin(parts)` fills it. → the picture, or null when it was closed.
async function ask(begin) {
  await dress("chooser");
  const dialog = frame();
  const part = (name) => dialog.querySelector(name);
  const parts = {
    dialog, library: part(".chooser-library"), words: part(".chooser-words"), picture: null,
    say: (words) => { part(".chooser-said").textContent = words ?? ""; },
    title: (words) => { part("h2").textContent = words; },
    end: (picture) => { parts.picture = picture; dialog.close(); },
  };
  let typed = false;  // words that a slip of the Escape key would lose
  parts.words.addEventListener("input", () => { typed = true; });
  part("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog || !typed || parts.words.hidden) return;
    event.preventDefault();
    typed = false;
    parts.say("What you typed is not saved yet. Save it, or press Escape again to drop it.");
  });
  dialog.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    // Not the piece behind it: what is in front is saved.
    event.preventDefault();
    event.stopPropagation();
    parts.words.hidden || parts.words.querySelector("form")?.requestSubmit();
  });
  dialog.showModal();
  begin(parts);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (parts.picture) remember(parts.picture);
      resolve(parts.picture);
    });
  });
}

function swap(parts, words) {
  parts.words.hidden = !words;
  parts.library.hidden = words;
}

async function words(parts, picture, chosen) {
  parts.title(chosen ? "Words for this picture" : "Edit words");
  parts.say("");
  try {
    swap(parts, true);
    await openWords(parts.words, picture, chosen, {
      say: parts.say,
      done: parts.end,
      back: () => library(parts, parts.url, parts.current),
    });
  } catch (error) {
    parts.say(error.message);
    if (chosen) swap(parts, false);
  }
}

async function library(parts, url, current) {
  Object.assign(parts, { url, current });
  parts.title("Choose a picture");
  swap(parts, false);
  const take = (picture) => {
    picture.lacks && picture.words ? words(parts, picture, true) : parts.end(picture);
  };
  try {
    await openLibrary(parts.library, url, current, {
      say: parts.say,
      chosen: take,
      // Of several at once the first is described; the others are in the library.
      uploaded: async ({ id }) => {
        if (!parts.dialog.open || !parts.words.hidden) return;
        try {
          take(await pictureById(url, String(id)));
        } catch (error) {
          parts.say(error.message);
        }
      },
    });
    // A finger would get a keyboard over the pictures.
    if (matchMedia("(pointer: fine)").matches) parts.library.querySelector("[type=search]").focus();
  } catch (error) {
    parts.say(error.message);
  }
}

// `url` of the library's cards; `current`: number of the picture that is there now.
export function choose({ url, current = "" }) {
  return ask((parts) => library(parts, url, current));
}

export function describe(picture) {
  return ask((parts) => words(parts, picture, false));
}
