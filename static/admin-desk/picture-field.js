// A field that holds a picture of the library: its face, and buttons to choose, describe, remove.
// The library's own scripts come when somebody opens it.
const chooser = () => Promise.all([import("admin-desk/chooser"), import("admin-desk/chooser-ask")])
  .then((modules) => Object.assign({}, ...modules));

function start(field) {
  const input = field.querySelector("input");
  const place = field.querySelector(".picture-face");
  const button = (act) => field.querySelector(`[data-act=${act}]`);
  const face = () => place.querySelector("[data-picture]");

  function show(picture) {
    if (picture) place.replaceChildren(picture.face);
    else place.textContent = "No picture.";
    buttons();
  }
  function buttons() {
    button("choose").textContent = input.value ? "Choose another picture…" : "Choose a picture…";
    button("remove").hidden = !input.value;
    button("describe").hidden = !face()?.dataset.words;
  }
  function set(picture) {
    input.value = picture?.id ?? "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
    show(picture);
  }
  const acts = {
    async choose() {
      const { choose } = await chooser();
      const picture = await choose({ url: field.dataset.choose, current: input.value });
      if (picture && picture.id !== input.value) set(picture);
      else if (picture) show(picture);
    },
    async describe() {
      const { describe, pictureOf } = await chooser();
      describe(pictureOf(face()));
    },
    remove() {
      set(null);
      button("choose").focus();
    },
  };
  field.addEventListener("click", async (event) => {
    try {
      await acts[event.target.closest("[data-act]")?.dataset.act]?.();
    } catch {
      place.append(" The library could not be opened. Try again.");
    }
  });
  document.addEventListener("picture:described", (event) => {
    if (event.detail.id === input.value) show({ ...event.detail, face: event.detail.face.cloneNode(true) });
  });
  field.classList.add("ready");
  buttons();
}

document.querySelectorAll(".picture-field").forEach(start);
