// Choosing why a piece is taken back fills in our usual words, unless somebody wrote others.
const notice = document.getElementById("id_notice");
const usual = JSON.parse(notice?.dataset.usual || "{}");

for (const choice of document.querySelectorAll("input[name=reason]")) {
  choice.addEventListener("change", () => {
    const untouched = !notice.value.trim() || Object.values(usual).includes(notice.value);
    if (untouched) notice.value = usual[choice.value] || "";
  });
}
