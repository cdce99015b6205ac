// Names for what Django's widgets leave nameless: editors, autocompletes, fields of new rows.
// A plain script that only listens, so that it is there before the editors are.
{
  const labelOf = (field) => field.labels?.[0]?.textContent.replace(/:$/, "").trim() || field.name;

  function nameSelect(select) {
    const box = select.parentElement.querySelector(".select2-selection");
    if (!box) return;
    const chosen = [...select.selectedOptions].filter((one) => one.value).map((one) => one.textContent);
    box.setAttribute("aria-label", [labelOf(select), chosen.join(", ")].filter(Boolean).join(": "));
    box.removeAttribute("aria-labelledby");
    // A text box inside a combo box is one too many.
    const inner = box.querySelector("[role=textbox]");
    inner?.removeAttribute("role");
    inner?.removeAttribute("aria-readonly");
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", labelOf(select)); // where several can be chosen
  }

  function nameSelects(root) {
    root.querySelectorAll("select.admin-autocomplete:not([name*=__prefix__])").forEach(nameSelect);
  }

  // The list that opens hangs at the end of the page.
  function nameOpen(select) {
    const list = document.querySelector(".select2-container--open .select2-results__options");
    const box = select.parentElement.querySelector(".select2-selection");
    if (list?.id) box?.setAttribute("aria-controls", list.id);
    list?.setAttribute("aria-label", `Choices: ${labelOf(select)}`);
    const hung = list?.closest("body > .select2-container");
    hung?.setAttribute("role", "region");
    hung?.setAttribute("aria-label", `Choices: ${labelOf(select)}`);
    hung?.querySelector(".select2-search__field")?.setAttribute("aria-label", `Search: ${labelOf(select)}`);
  }

  document.addEventListener("prose-editor:ready", (event) => {
    const { editor, textarea } = event.detail;
    const box = editor.view.dom;
    box.setAttribute("role", "textbox");
    box.setAttribute("aria-multiline", "true");
    box.setAttribute("aria-label", labelOf(textarea));
    const help = textarea.getAttribute("aria-describedby");
    if (help) box.setAttribute("aria-describedby", help);
    editor.on("create", () => {
      const menu = box.parentElement.querySelector(".prose-menubar");
      menu?.setAttribute("role", "toolbar");
      menu?.setAttribute("aria-label", `${labelOf(textarea)}: formatting`);
    });
    const label = textarea.labels?.[0];
    label?.addEventListener("click", () => editor.commands.focus());
  });

  document.addEventListener("formset:added", (event) => {
    // Django numbers id, name and for of a new row, and forgets these.
    const number = event.target.id.match(/(\d+)$/)?.[1];
    for (const name of ["aria-describedby", "aria-labelledby", "data-context"]) {
      event.target.querySelectorAll(`[${name}*=__prefix__]`).forEach((field) =>
        field.setAttribute(name, field.getAttribute(name).replace("__prefix__", number)));
    }
    setTimeout(() => nameSelects(event.target));  // Django's own listener, which draws them, comes later
    const fields = [...event.target.querySelectorAll("input:not([type=hidden]), textarea, select")];
    fields.find((field) => !field.closest(".row-verdict"))?.focus(); // a new source is not judged yet
  });

  // jQuery runs its ready handlers in turn: this one after those that draw the widgets.
  document.addEventListener("DOMContentLoaded", () => window.django?.jQuery?.(() => {
    const page = window.django.jQuery(document);
    nameSelects(document);
    page.on("change", "select.admin-autocomplete", (event) => nameSelect(event.target));
    page.on("select2:open", (event) => nameOpen(event.target));
    page.on("select2:close", (event) =>
      event.target.parentElement.querySelector(".select2-selection")?.removeAttribute("aria-controls"));
  }));
}
