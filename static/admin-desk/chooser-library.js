// The library in the chooser: search, cards that the arrow keys walk, "Show more", upload.
import { ask, pictureOf } from "admin-desk/chooser-ask";
import { uploads } from "admin-desk/upload";

const PAUSE = 250;  // milliseconds of no typing before a search

const cards = (pane) => [...pane.querySelectorAll("[role=option]")];

// Cards in the row of the first: the grid has as many columns as fit.
function columns(all) {
  const next = all.findIndex((card) => card.offsetTop > all[0].offsetTop);
  return next < 0 ? all.length : next;
}

// One stop for the Tab key: the card that has, or last had, the focus.
function walkTo(pane, card) {
  if (!card) return;
  for (const one of cards(pane)) one.tabIndex = one === card ? 0 : -1;
  card.focus();
}

function walk(pane, event) {
  const all = cards(pane);
  const here = all.indexOf(event.target.closest("[role=option]"));
  if (here < 0) return;
  const wide = columns(all);
  const places = {
    ArrowRight: here + 1, ArrowLeft: here - 1, ArrowDown: here + wide, ArrowUp: here - wide,
    Home: 0, End: all.length - 1,
  };
  if (!(event.key in places)) return;
  event.preventDefault();
  walkTo(pane, all[places[event.key]]);
}

// The dialog covers the page, so a file that misses the zone lands here, not in place of the page.
function dropAnywhere(dialog, add) {
  dialog.ondragover = (event) => event.preventDefault();
  dialog.ondrop = (event) => {
    event.preventDefault();
    add([...event.dataTransfer.files]);
  };
}

// `events`: chosen(picture), uploaded(data), say(words). Throws what ask() throws.
export async function openLibrary(pane, url, current, events) {
  pane.replaceChildren((await ask(url)).content);
  const form = pane.querySelector(".chooser-search");
  let search = new AbortController();
  let typing;

  const found = () => pane.querySelector(".chooser-found");
  const address = (page = 1) => {
    const wanted = new URLSearchParams(new FormData(form));
    wanted.set("page", page);
    return `${url}?${wanted}`;
  };

  function ready() {
    const all = cards(pane);
    for (const card of all) card.setAttribute("aria-selected", String(card.dataset.picture === current));
    const first = all.find((card) => card.dataset.picture === current) ?? all[0];
    if (first && !all.some((card) => card.tabIndex === 0)) first.tabIndex = 0;
    events.say(found().dataset.said);
  }

  async function seek() {
    clearTimeout(typing);
    search.abort();
    search = new AbortController();
    try {
      const { content } = await ask(address(), { signal: search.signal });
      found().replaceWith(content.querySelector(".chooser-found"));
      ready();
    } catch (error) {
      if (error.name !== "AbortError") events.say(error.message);
    }
  }

  async function more(button) {
    button.disabled = true;
    try {
      const { content } = await ask(address(button.dataset.page));
      const there = new Set(cards(pane).map((card) => card.dataset.picture));
      const fresh = [...content.querySelectorAll("[role=option]")].filter(
        (card) => !there.has(card.dataset.picture));  // an upload meanwhile moves the pages
      pane.querySelector("[role=listbox]").append(...fresh);
      const next = content.querySelector("[data-page]");
      next ? button.replaceWith(next) : button.remove();
      ready();
      events.say(`${cards(pane).length} pictures are shown.`);
      walkTo(pane, fresh[0]);
    } catch (error) {
      button.disabled = false;
      events.say(error.message);
    }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); seek(); });
  form.addEventListener("change", seek);
  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(typing);
    typing = setTimeout(seek, PAUSE);
  });
  pane.querySelector(".chooser-results").addEventListener("click", (event) => {
    const card = event.target.closest("[role=option]");
    const button = event.target.closest("[data-page]");
    if (card) events.chosen(pictureOf(card));
    if (button) more(button);
  });
  pane.querySelector(".chooser-results").addEventListener("keydown", (event) => {
    const card = event.target.closest("[role=option]");
    if (card && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      events.chosen(pictureOf(card));
    } else walk(pane, event);
  });
  const zone = pane.querySelector(".upload-zone");
  if (zone) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    zone.hidden = false;
    const { add } = uploads(zone, { url: zone.dataset.upload, token, onUploaded: events.uploaded });
    dropAnywhere(pane.closest("dialog"), add);
  }
  ready();
}
