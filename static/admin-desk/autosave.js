// What is typed is kept: on the desk some seconds later, and in this browser until the desk has it.
const form = document.getElementById("article_form");
const keeping = document.getElementById("keeping");

function start({ url, user, place, about, texts, bytes, names }) {
  const own = `desk:${user}:`;
  let store; // none where the browser forbids it
  try { store = localStorage; } catch { store = null; }
  let typed = 0; // counts what was typed
  let kept = 0; // how far the desk has it
  let after = 0; // when the desk last said so
  let waiting = 0; // since when something waits to be sent
  let busy = false;
  let leaving = false;
  let copySoon, sendSoon;

  const line = document.getElementById("unsaved");
  const quiet = document.createElement("span"); // nobody wants a time read aloud
  quiet.className = "soft";
  line?.after(quiet);
  const put = (where, words) => { if (where && where.textContent !== words) where.textContent = words; };
  const say = (words) => put(line, words);
  const token = form.elements.csrfmiddlewaretoken;

  function fresh() {
    // Logging in in another tab makes the token of this page an old one.
    token.value = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? token.value;
  }

  function fields() {
    fresh();
    return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  }

  function seen() {
    const all = fields();
    const few = ["csrfmiddlewaretoken", "ticket", "loaded", "base"].map((name) => [name, all.get(name) ?? ""]);
    return new URLSearchParams([["_seen", 1], ...few]);
  }

  function copy() {
    try {
      store?.setItem(own + place, JSON.stringify({ at: Date.now(), after, fields: `${fields()}` }));
    } catch { /* a full store: the desk is asked all the same */ }
  }

  function told({ kept: at, said }, number) {
    put(document.getElementById("present"), said);
    if (!at) return;
    [kept, after, waiting] = [number, at, 0];
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    quiet.textContent = `Kept at ${time}`;
    if (typed > number) return copy();
    store?.removeItem(own + place);
    say("Not saved yet.");
    form.dispatchEvent(new Event("kept"));
  }

  async function send() {
    if (busy || leaving) return;
    const number = typed;
    busy = true;
    try {
      if (!navigator.onLine) throw new TypeError("offline");
      const body = typed > kept ? fields() : seen();
      const answer = await fetch(url, { method: "POST", body, redirect: "manual" });
      if (answer.ok) told(await answer.json(), number);
      else if (answer.type === "opaqueredirect") say("You are logged out: log in in another tab; your text is kept.");
      else if (answer.status === 413) say("Too long for the desk to keep: save it. Kept in this browser.");
      else say("The desk did not keep it: kept in this browser.");
    } catch {
      if (typed > kept) say("Offline: kept in this browser.");
    }
    busy = false;
    if (typed > number) later();
  }

  function later() {
    waiting ||= Date.now();
    clearTimeout(sendSoon);
    // Some seconds after the last key, and not only then: some never pause.
    sendSoon = setTimeout(send, Math.max(0, Math.min(3000, waiting + 15000 - Date.now())));
  }

  function touched() {
    typed += 1;
    clearTimeout(copySoon);
    copySoon = setTimeout(copy, 300);
    later();
  }

  function last() {
    if (leaving || typed === kept) return;
    copy();
    if (navigator.onLine) navigator.sendBeacon(url, fields());
  }

  for (const kind of ["input", "change"]) form.addEventListener(kind, touched);
  // Autocomplete fields tell jQuery alone.
  window.django?.jQuery(form).on("select2:select select2:unselect", () => form.dispatchEvent(new Event("change")));
  document.addEventListener("formset:removed", touched);
  document.addEventListener("visibilitychange", () => document.hidden ? last() : send());
  window.addEventListener("pagehide", last);
  window.addEventListener("online", send);
  setInterval(() => document.hidden || send(), 25000);

  function leave(now) {
    leaving = now;
    form.querySelectorAll("[type=submit]").forEach((button) => { button.disabled = now; });
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(copySoon);
    clearTimeout(sendSoon);
    copy();
    const all = fields();
    if (`${all}`.length > bytes || [...all].length > names) { // the server would not read it
      event.preventDefault();
      return say("Too long to save at once: cut a part out, save, and paste that into another piece.");
    }
    leaving = true;
    setTimeout(leave, 0, true); // the pressed button is in the form by then
    setTimeout(leave, 10000, false); // stopped, or the network is gone
  });
  window.addEventListener("pageshow", (event) => event.persisted && leave(false));

  function offer(key, text) {
    const section = document.getElementById("copy").content.firstElementChild.cloneNode(true);
    section.querySelector("time").textContent = new Date(text.at).toLocaleString();
    section.addEventListener("click", ({ target }) => {
      if (target.matches("[data-copy-away]")) {
        store?.removeItem(key);
        section.remove();
      } else if (target.matches("[data-copy-back]")) bringBack(new URLSearchParams(text.fields));
    });
    keeping.before(section);
  }

  function bringBack(body) {
    fresh();
    body.set("csrfmiddlewaretoken", token.value);
    body.set("_restored", 1);
    const again = document.createElement("form");
    again.method = "post";
    for (const [name, value] of body) {
      const field = document.createElement("textarea");
      [field.name, field.value] = [name, value];
      again.append(field);
    }
    again.hidden = true;
    document.body.append(again);
    again.submit();
  }

  for (const key of Object.keys(store ?? {}).filter((key) => key.startsWith(own + about))) {
    const text = JSON.parse(store.getItem(key));
    // The desk heard of it after this copy was made: its own offer stands already.
    if (texts[key.slice(own.length)] > text.after) store.removeItem(key);
    else offer(key, text);
  }
}

if (form && keeping) start({ ...keeping.dataset, texts: JSON.parse(keeping.dataset.texts) });
