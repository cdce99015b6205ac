// The words of a picture, asked for where it is chosen.
import { ask, pictureOf, remember } from "admin-desk/chooser-ask";

// `events`: done(picture), back(), say(words). `chosen`: the picture is being put to use.
// Throws what ask() throws.
export async function openWords(pane, picture, chosen, events) {
  const show = (content) => {
    pane.replaceChildren(content);
    pane.querySelector("[value=save]").textContent = chosen ? "Save and use it" : "Save";
    for (const act of ["skip", "back"]) pane.querySelector(`[value=${act}]`).hidden = !chosen;
    pane.querySelector("[value=cancel]").hidden = chosen;
    for (const offer of pane.querySelectorAll("[data-fill]")) offer.hidden = false;
    (pane.querySelector(".errors :is(input, textarea, select)")
      ?? pane.querySelector("textarea, input:not([type=hidden])")).focus();
  };

  async function save(form) {
    const button = form.querySelector("[value=save]");
    button.disabled = true;
    events.say("Saving …");
    try {
      const { ok, content } = await ask(form.action, {
        method: "POST", body: new FormData(form), stay: [409, 422],
      });
      if (ok) {
        const saved = pictureOf(content.querySelector("[data-picture]"));
        remember(saved);
        document.dispatchEvent(new CustomEvent("picture:described", { detail: saved }));
        events.done(saved);
      } else {
        const isLate = content.querySelector(".theirs");
        show(content);
        events.say(isLate ? "Not saved yet: somebody was faster." : "Not saved yet. Correct what is marked.");
      }
    } catch (error) {
      events.say(error.message);
    }
    button.disabled = false;
  }

  function use(button) {
    const field = pane.querySelector(`[name="${button.dataset.fill.replace(/^id_/, "")}"]`);
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  const acts = {
    skip: () => events.done(picture),
    cancel: () => events.done(null),
    back: events.back,
  };
  pane.onsubmit = (event) => { event.preventDefault(); save(event.target); };
  pane.onclick = (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.fill) use(button);
    else acts[button?.value]?.();
  };
  show((await ask(picture.words)).content);
}
