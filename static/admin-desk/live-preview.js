// The page as readers would see it, drawn of what is typed: beside the form, on a phone over it.
// Each drawing is a fresh frame: the page keeps its own strict policy, and since a frame's first
// page takes the place of its blank one, the way back in the browser stays what it was.
const form = document.getElementById("article_form");
const opener = document.getElementById("show-preview");
const dialog = document.getElementById("live-preview");
const stage = dialog.querySelector(".stage");
const said = dialog.querySelector("[role=status]");
const sheet = document.querySelector("link[data-for=live-preview]");
const wide = matchMedia("(min-width: 62rem)");
const DESKTOP = 1280;
let soon, busy, again, shown;
let drawn = 0;

const say = (words) => { if (said.textContent !== words) said.textContent = words; };

function post(target) {
  const copy = Object.assign(document.createElement("form"), { method: "post", action: opener.dataset.url, target, hidden: true });
  const data = new FormData(form);
  // Logging in in another tab makes the token of this page an old one.
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1];
  if (token) data.set("csrfmiddlewaretoken", token);
  for (const [name, value] of data) {
    if (typeof value !== "string") continue;
    const field = document.createElement("textarea");
    [field.name, field.value] = [name, value];
    copy.append(field);
  }
  document.body.append(copy);
  copy.submit();
  copy.remove();
}

function draw() {
  if (busy) { again = true; return; }
  busy = true;
  again = false;
  const frame = document.createElement("iframe");
  Object.assign(frame, { name: `live-preview-${drawn += 1}`, title: "Preview" });
  // Ours to read and scroll; nothing in it runs.
  frame.setAttribute("sandbox", "allow-same-origin");
  stage.append(frame);
  frame.addEventListener("load", () => show(frame));
  post(frame.name);
}

function show(frame) {
  const page = frame.contentDocument;
  if (page?.URL === "about:blank") return;
  if (page?.querySelector("article")) {
    const top = shown?.contentWindow.scrollY ?? 0;
    frame.contentWindow.scrollTo({ top, behavior: "instant" });
    page.addEventListener("keydown", escape);
    page.addEventListener("click", follow);
    frame.classList.add("shown");
    shown?.remove();
    shown = frame;
    say("It follows what you type.");
  } else {
    frame.remove();
    say("The preview could not be drawn just now.");
  }
  busy = false;
  if (again) later();
}

function later() {
  if (!dialog.open) return;
  clearTimeout(soon);
  soon = setTimeout(draw, 800);
}

// Links of the page lead away from the preview: into a tab of their own.
function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link) return;
  event.preventDefault();
  const to = link.getAttribute("href");
  if (to.startsWith("#")) link.ownerDocument.getElementById(to.slice(1))?.scrollIntoView();
  else window.open(link.href, "_blank", "noopener");
}

function escape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || !dialog.open) return;
  if (!dialog.matches(":modal") && document.querySelector("dialog:modal, .select2-container--open")) return;
  event.preventDefault();
  dialog.close();
}

function resize() {
  const width = Number(dialog.querySelector("[type=radio]:checked").value);
  document.body.classList.toggle("previews-desktop", width === DESKTOP);
  stage.style.setProperty("--scale", Math.min(1, stage.clientWidth / DESKTOP));
}

async function open() {
  if (sheet.disabled) {
    sheet.disabled = false;
    await new Promise((ready) => { sheet.onload = sheet.onerror = ready; });
  }
  const place = document.activeElement;
  document.body.classList.toggle("previewing", wide.matches);
  if (wide.matches) {
    dialog.show();
    place.focus({ preventScroll: true }); // whoever types goes on typing
  } else dialog.showModal();
  opener.setAttribute("aria-expanded", "true");
  say("Drawing it…");
  resize();
  draw();
}

function closed() {
  clearTimeout(soon);
  stage.replaceChildren();
  busy = again = shown = undefined;
  document.body.classList.remove("previewing", "previews-desktop");
  opener.setAttribute("aria-expanded", "false");
  if (document.activeElement === document.body || dialog.contains(document.activeElement)) opener.focus();
}

export function toggle() {
  if (dialog.open) dialog.close();
  else open();
}

// Through jQuery, whose events the autocomplete fields use.
const page = window.django?.jQuery;
if (page) page(form).on("input change", later);
else for (const kind of ["input", "change"]) form.addEventListener(kind, later);
for (const kind of ["formset:added", "formset:removed"]) document.addEventListener(kind, later);
document.addEventListener("keydown", escape);
dialog.addEventListener("close", closed);
dialog.addEventListener("change", resize);
dialog.querySelector("button").addEventListener("click", () => dialog.close());
new ResizeObserver(resize).observe(stage);
wide.addEventListener("change", () => {
  if (!dialog.open) return;
  dialog.addEventListener("close", open, { once: true });
  dialog.close();
});
