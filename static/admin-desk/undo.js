// Counts down to the moment when readers see what was published; then there is nothing to undo.
const place = document.getElementById("undo");
const words = place?.querySelector("[data-seconds]");
const end = performance.now() + Number(words?.dataset.seconds) * 1000;

function over() {
  const form = place.querySelector("form");
  words.tabIndex = -1;
  words.setAttribute("role", "status");
  if (form?.contains(document.activeElement)) words.focus();
  form?.remove();
  words.textContent = "Readers see it now.";
}

function tick() {
  const left = Math.ceil((end - performance.now()) / 1000);
  if (left <= 0) return over();
  words.textContent = `Readers see it in ${left} ${left === 1 ? "second" : "seconds"}.`;
  return setTimeout(tick, 250);
}

if (words) tick();
