// The list of the evidence in the form: typing filters, arrows walk, Enter inserts, Escape leaves.
import { adder, addRow, evidence } from "admin-desk/cite";

const element = (name, about) => Object.assign(document.createElement(name), about);
const say = (one, attributes) => Object.entries(attributes).forEach((pair) => one.setAttribute(...pair));

function options(words) {
  const wanted = words.toLowerCase().split(/\s+/);
  const found = evidence().map(({ number, claim, publisher }) => {
    const option = element("li");
    option.dataset.number = number;
    option.append(element("b", { textContent: `E${number}` }), ` ${claim} `,
      element("span", { className: "soft", textContent: publisher }));
    return option;
  }).filter((option) => wanted.every((word) => option.textContent.toLowerCase().includes(word)));
  if (adder()) found.push(element("li", { textContent: "New evidence…" }));
  found.forEach((option, index) => say(option, { id: `cite-${index}`, role: "option" }));
  return found;
}

// `where`: as in cite.js. The browser gives the focus back when the dialog closes; back() does
// what else is needed.
export function pick(where) {
  const dialog = element("dialog", { className: "cite" });
  const input = element("input", { type: "text", autocomplete: "off", placeholder: "Number, claim or publisher" });
  const list = element("ul", { id: "cite-list" });
  say(dialog, { "aria-label": "Cite evidence" });
  say(list, { role: "listbox", "aria-label": "Evidence" });
  say(input, {
    role: "combobox", "aria-label": "Find evidence", "aria-controls": list.id,
    "aria-expanded": "true", "aria-autocomplete": "list",
  });
  let at = 0;
  function point(to) {
    const { length } = list.children;
    at = length && (to + length) % length;
    [...list.children].forEach((option, index) => say(option, { "aria-selected": index === at }));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    say(input, { "aria-activedescendant": list.children[at]?.id ?? "" });
  }
  function show() {
    list.replaceChildren(...options(input.value));
    point(0);
  }
  function leave() {
    dialog.close();
    dialog.remove();
  }
  function take(option) {
    if (!option) return;
    leave();
    where.insert(`[[E${option.dataset.number ?? addRow().dataset.number}]]`);
  }
  const keys = {
    ArrowDown: () => point(at + 1), ArrowUp: () => point(at - 1), Enter: () => take(list.children[at]),
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.isComposing) return;
    event.preventDefault();
    keys[event.key]();
  });
  list.addEventListener("click", (event) => take(event.target.closest("li")));
  dialog.addEventListener("cancel", () => { leave(); where.back(); });
  dialog.append(input, list);
  document.body.append(dialog);
  dialog.showModal();
  show();
}
