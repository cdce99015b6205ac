// Is it ready? Asked anew a second after the last change; never two questions at once.
const form = document.getElementById("article_form");
const panel = document.getElementById("panel");
const said = document.getElementById("readiness-said");
const toPanel = document.getElementById("to-panel");
let soon, busy, again, shown;

function say(words) {
  if (said.textContent !== words) said.textContent = words;
  if (toPanel) toPanel.textContent = words;
}

// What stands beside a section follows what is typed in it.
function showStates({ summary, ...states }) {
  for (const [section, state] of Object.entries(states)) {
    const head = document.getElementById(`heading-${section}`);
    const chip = head?.parentElement.querySelector(".chip") ?? document.createElement("span");
    chip.textContent = state;
    chip.className = `chip ${state.replace(" ", "-")}`;
    head?.after(chip);
  }
}

function show(html) {
  if (html === shown) return;
  shown = html;
  const at = panel.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const scroller = panel.closest("aside");
  const top = scroller.scrollTop;
  panel.innerHTML = html;
  scroller.scrollTop = top;
  if (at) (panel.querySelector(`[href="${CSS.escape(at)}"]`) ?? panel.previousElementSibling.previousElementSibling).focus();
  const { dataset } = panel.querySelector(".summary");
  showStates(dataset);
  say(dataset.summary);
}

async function ask() {
  if (busy) { again = true; return; }
  busy = true;
  again = false;
  const texts = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  try {
    const answer = await fetch(panel.dataset.url, {
      method: "POST", body: new URLSearchParams(texts), redirect: "error",
    });
    if (!answer.ok) throw new Error(answer.status);
    show(await answer.text());
  } catch {
    say("Could not be checked just now");
  }
  busy = false;
  if (again) later();
}

function later() {
  clearTimeout(soon);
  soon = setTimeout(ask, 1000);
}

if (form && panel) {
  if (!matchMedia("(min-width: 76rem)").matches) panel.closest("details").open = false;
  // Through jQuery, whose events the autocomplete fields use.
  const page = window.django?.jQuery;
  if (page) page(form).on("input change", later);
  else for (const kind of ["input", "change"]) form.addEventListener(kind, later);
  document.addEventListener("formset:removed", later);
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const { section } = link.dataset;
    const ids = [link.getAttribute("href").slice(1), `section-${section}`, "section-limits"];
    document.dispatchEvent(new CustomEvent("desk:go", { detail: ids }));
  });
  toPanel?.addEventListener("click", (event) => {
    event.preventDefault();
    panel.closest("details").open = true;
    panel.closest("details").scrollIntoView();
    panel.querySelector("a")?.focus({ preventScroll: true });
  });
  if (document.readyState === "complete") ask();
  else addEventListener("load", ask);
}
