// The queue: one box for all sections of the page, and how many are selected.

const boxes = [...document.querySelectorAll("#queue input[name=row]")];
const everything = document.getElementById("pick-all");

if (everything && boxes.length) {
  const said = everything.parentElement.querySelector("[aria-live]");
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    everything.checked = chosen === boxes.length;
    everything.indeterminate = chosen > 0 && !everything.checked;
    said.textContent = chosen ? `${chosen} selected` : "";
  };
  everything.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = everything.checked; });
    count();
  });
  boxes.forEach((box) => box.addEventListener("change", count));
  everything.parentElement.hidden = false;
  window.addEventListener("pageshow", count);  // the browser fills in boxes on the way back
}
