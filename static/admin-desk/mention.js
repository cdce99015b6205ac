// Names of colleagues while somebody types "@": arrows walk, Enter or Tab takes, Escape leaves.
const BEGUN = /(?:^|[\s([{"'“‘«,;:–—])@([\p{L}\p{N}_.@+-]*)$/u;
const followed = new WeakSet();
let lists = 0;

function optionOf({ name, label }, index, id) {
  const option = document.createElement("li");
  option.id = `${id}-${index}`;
  option.dataset.name = name;
  option.setAttribute("role", "option");
  const account = document.createElement("b");
  account.textContent = `@${name}`;
  option.append(account, label === name ? "" : ` ${label}`);
  return option;
}

export function follow(box) {
  if (followed.has(box)) return;
  followed.add(box);
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.id = `mention-${lists += 1}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Colleagues");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("autocomplete", "off");
  box.after(list);
  let at = 0;
  let asked = 0;

  const begun = () => box.value.slice(0, box.selectionStart).match(BEGUN)?.[1];
  function hide() {
    asked += 1;
    list.hidden = true;
    box.removeAttribute("aria-activedescendant");
  }
  function point(to) {
    const { length } = list.children;
    at = (to + length) % length;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", index === at));
    box.setAttribute("aria-activedescendant", list.children[at].id);
  }
  async function suggest() {
    const words = begun();
    if (words === undefined) return hide();
    const number = asked += 1;
    try {
      const answer = await fetch(`${box.dataset.people}?q=${encodeURIComponent(words)}`, { redirect: "error" });
      const { people } = await answer.json();
      if (number !== asked) return;
      if (!people.length) return hide();
      list.replaceChildren(...people.map((one, index) => optionOf(one, index, list.id)));
      list.hidden = false;
      point(0);
    } catch {
      hide(); // names can be typed as well
    }
  }
  function take(option) {
    const [words, end] = [begun(), box.selectionStart];
    if (!option || words === undefined) return hide(); // the cursor went elsewhere
    box.setRangeText(`@${option.dataset.name} `, end - words.length - 1, end, "end");
    hide();
    box.dispatchEvent(new Event("input", { bubbles: true }));
    return box.focus();
  }
  const keys = {
    ArrowDown: () => point(at + 1), ArrowUp: () => point(at - 1),
    Enter: () => take(list.children[at]), Tab: () => take(list.children[at]), Escape: hide,
  };
  box.addEventListener("input", suggest);
  box.addEventListener("blur", hide);
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || !(event.key in keys)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays
  list.addEventListener("click", ({ target }) => take(target.closest("li")));
  suggest(); // for what was typed before this came
}
