// Citing evidence: new rows get their number here, so that their mark, [[E2]], can be set before
// they are saved; the list to choose from comes once somebody is in a text that can cite.
const FIELDS = "[name^=key_points-][name$=-text], [name^=actions-][name$=-text]";
const group = document.getElementById("evidence-group");
const value = (row, name) => row.querySelector(`[name$="-${name}"]`)?.value?.trim() ?? "";
const all = () => [...(group?.querySelectorAll(".inline-related:not(.empty-form)") ?? [])];
const picker = () => import("admin-desk/cite-picker");
let issued = Number(group?.dataset.issued ?? 0);
let place = null;  // where the cursor is or last was: {box, insert(mark), back()}

export const canCite = () => group !== null;
export const adder = () => group?.querySelector(".add-row :is(a, button)");

export function evidence() {
  const kept = all().filter((row) => !row.querySelector("[name$=-DELETE]:checked"));
  return kept.map((row) => ({
    number: Number(row.dataset.number),
    claim: ["claim", "source_title", "excerpt"].map((name) => value(row, name)).find(Boolean) ?? "No claim yet",
    publisher: value(row, "publisher"),
  }));
}

function number(row) {
  row.dataset.number = issued = Math.max(issued, ...all().map((one) => Number(one.dataset.number))) + 1;
  const field = row.querySelector("[name$=-number]") ?? document.createElement("input");
  Object.assign(field, { type: "hidden", name: `${row.id}-number`, value: issued });
  row.append(field);
  row.querySelector(".row-name").textContent = `E${issued}`;
  row.setAttribute("aria-label", `E${issued}`);
}

// A new row at the end of the section.
export function addRow() {
  adder().click();
  return all().at(-1);
}

export function here(where) {
  place = where;
  picker();
}

// Until the list is there, an Enter meant for it must not send the form.
const hold = (event) => event.key === "Enter" && event.preventDefault();

export async function cite(where) {
  if (!where?.box.isConnected || document.querySelector("dialog:modal")) return;
  addEventListener("keydown", hold, true);
  try { (await picker()).pick(where); } finally { removeEventListener("keydown", hold, true); }
}

// A mark stands off from the word before it.
export const spaced = (mark, before) => (/[^\s(]$/.test(before) ? ` ${mark}` : mark);

const cursors = new WeakMap();  // where nobody has been, the mark goes to the end
const fieldPlace = (field) => ({
  box: field,
  back() {},
  insert(mark) {
    const to = cursors.get(field) ?? field.value.length;
    field.focus();
    field.setRangeText(spaced(mark, field.value.slice(0, to)), to, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  },
});

if (group) {
  for (const field of document.querySelectorAll(FIELDS)) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "cite", textContent: "Cite" });
    field.closest(".inline-related").querySelector(".row-name").after(button);
  }
  all().filter((row) => !row.dataset.number).forEach(number);
  document.addEventListener("formset:added", ({ target, detail }) => {
    if (detail.formsetName === "evidence") number(target);
  });
  document.addEventListener("click", ({ target }) => {
    const row = target.closest("button.cite")?.closest(".inline-related");
    if (row) cite(fieldPlace(row.querySelector(FIELDS)));
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(FIELDS)) here(fieldPlace(target));
  });
  document.addEventListener("focusout", ({ target }) => {
    if (target.matches(FIELDS)) cursors.set(target, target.selectionEnd);
  });
  document.addEventListener("keydown", (event) => {
    const asked = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "e";
    if (!asked || event.defaultPrevented || !place?.box.contains(event.target)) return;
    event.preventDefault();
    cite(place);
  });
  document.addEventListener("desk:cite", () => cite(place));
}
