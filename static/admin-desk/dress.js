// The sheet of a dialog stands in the page switched off, so that only who opens it loads it.
export function dress(name) {
  const sheets = [...document.querySelectorAll(`link[data-for=${name}]`)].filter((sheet) => sheet.disabled);
  return Promise.all(sheets.map((sheet) => new Promise((dressed) => {
    for (const end of ["load", "error"]) sheet.addEventListener(end, dressed, { once: true });
    sheet.disabled = false;
  })));
}
