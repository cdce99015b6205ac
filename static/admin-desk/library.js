// The library: the zone for uploads, pictures selected for a bulk action, suggestions taken over.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

async function openZone(zone) {
  const { uploads } = await import(zone.dataset.script);  // its name changes with its content
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const fresh = zone.querySelector("[data-fresh]");
  const { add } = uploads(zone, {
    url: zone.dataset.upload, token, onUploaded: () => { fresh.hidden = false; },
  });
  zone.hidden = false;
  // Whoever misses the zone means it: the browser would open the file in place of the page.
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
}

for (const zone of all("[data-upload]")) openZone(zone);

const boxes = all("#changelist-form .action-select");
const everything = document.getElementById("pick-all");
if (boxes.length && everything) {
  const across = document.querySelector(".actions .select-across");
  const counter = document.querySelector(".actions .action-counter");
  const parts = (name) => all(`.actions .${name}`);
  const hide = (name, hidden) => parts(name).forEach((part) => part.classList.toggle("hidden", hidden));
  let last = null;

  function count() {
    const chosen = boxes.filter((box) => box.checked).length;
    const whole = chosen === boxes.length;
    everything.checked = whole;
    everything.indeterminate = chosen > 0 && !whole;
    if (!whole && across) across.value = 0;
    const isAcross = across?.value === "1";
    if (counter) counter.textContent = `${chosen} of ${boxes.length} selected`;
    counter?.classList.toggle("hidden", isAcross);
    hide("all", !isAcross);
    hide("clear", !isAcross);
    hide("question", !whole || isAcross);
  }

  function pick(box, { shiftKey }) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    if (shiftKey && from >= 0) boxes.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
    last = box;
    count();
  }

  function pickAll(checked) {
    for (const box of boxes) box.checked = checked;
    count();
  }

  function link(name, follow) {
    for (const part of parts(name)) {
      part.querySelector("a")?.addEventListener("click", (event) => { event.preventDefault(); follow(); });
    }
  }

  for (const box of boxes) box.addEventListener("click", (event) => pick(box, event));
  everything.addEventListener("click", () => pickAll(everything.checked));
  link("question", () => { across.value = 1; count(); });
  link("clear", () => { across.value = 0; pickAll(false); });
  everything.closest("[hidden]").hidden = false;
  window.addEventListener("pageshow", count);  // the browser fills in boxes on the way back
}

for (const button of all("button[data-fill]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = button.form.elements[button.dataset.fill];
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    button.closest(".said").remove();
  });
}

// After a refused save: straight to what is wrong first.
document.querySelector(".model-image .errors :is(textarea, input, select)")?.focus();

// What is filled in is meant to be changed.
for (const pair of all("[data-pair]")) {
  const [tick, field] = pair.querySelectorAll("input");
  field.addEventListener("input", () => { tick.checked = true; });
}
