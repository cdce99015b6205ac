// The focal point: set on the picture by pointer or by keys, or typed; all crops drawn at once.
const STEP = 1;  // per cent
const BIG_STEP = 10;

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// As the server rounds: halves to the even number.
function round(value) {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

// The same as crop_box() of trends/renditions: [left, top, right, bottom] of the largest box of a
// ratio, as near round the focal point (fractions) as the edges of the picture allow.
export function cropBox([width, height], ratio, [x, y]) {
  const wide = Math.min(width, Math.max(1, round(height * ratio)));
  const high = Math.min(height, Math.max(1, round(width / ratio)));
  const left = Math.min(Math.max(0, round(width * clamp(x, 0, 1) - wide / 2)), width - wide);
  const top = Math.min(Math.max(0, round(height * clamp(y, 0, 1) - high / 2)), height - high);
  return [left, top, left + wide, top + high];
}

function ratioOf(canvas) {
  const [width, height] = canvas.dataset.ratio.split("/").map(Number);
  return width / height;
}

function draw(canvas, picture, size, point) {
  const [left, top, right, bottom] = cropBox(size, ratioOf(canvas), point);
  const scale = picture.naturalWidth / size[0];  // what is shown is smaller than the master
  canvas.getContext("2d").drawImage(
    picture, left * scale, top * scale, (right - left) * scale, (bottom - top) * scale,
    0, 0, canvas.width, canvas.height);
}

function start(editor) {
  const fields = ["x", "y"].map((axis) => document.getElementById(`id_focal_${axis}`));
  if (!fields.every(Boolean)) return;  // who may only look sees the crops of today
  const stage = editor.querySelector(".focal-stage");
  const picture = stage.querySelector("img");
  const canvases = [...editor.querySelectorAll("canvas")];
  const position = editor.querySelector("[data-position]");
  const reset = editor.querySelector("[data-reset]");
  const size = [Number(editor.dataset.width), Number(editor.dataset.height)];
  const saved = editor.dataset.saved.split(",").map(Number);
  const mark = stage.appendChild(document.createElement("button"));
  Object.assign(mark, { type: "button", className: "focal-mark" });

  const point = () => fields.map((field) => clamp(Number(field.value) || 0, 0, 100));

  function show() {
    const [x, y] = point();
    const words = `${x} % from the left, ${y} % from the top`;
    mark.style.insetInlineStart = `${x}%`;
    mark.style.insetBlockStart = `${y}%`;
    mark.setAttribute("aria-label", `Focal point: ${words}. The arrow keys move it.`);
    position.textContent = words;
    reset.disabled = x === saved[0] && y === saved[1];
    for (const canvas of canvases) draw(canvas, picture, size, [x / 100, y / 100]);
  }

  function moveTo(values) {
    fields.forEach((field, index) => {
      field.value = String(Math.round(clamp(values[index], 0, 100) * 10) / 10);
    });
    fields[0].dispatchEvent(new Event("input", { bubbles: true }));
  }

  function moveToPointer(event) {
    const box = picture.getBoundingClientRect();
    moveTo([(event.clientX - box.left) / box.width * 100, (event.clientY - box.top) / box.height * 100]);
  }

  mark.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? BIG_STEP : STEP;
    const ways = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (!(event.key in ways) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    moveTo(point().map((value, index) => value + ways[event.key][index]));
  });

  // A finger on the picture may want to scroll: it drags the mark, and taps elsewhere.
  let dragging = false;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType === "touch" && event.target !== mark)) return;
    event.preventDefault();
    dragging = true;
    stage.setPointerCapture(event.pointerId);
    mark.focus();
    moveToPointer(event);
  });
  stage.addEventListener("pointermove", (event) => { if (dragging) moveToPointer(event); });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => { dragging = false; });
  picture.addEventListener("click", moveToPointer);

  for (const field of fields) field.addEventListener("input", show);
  reset.addEventListener("click", () => moveTo(saved));
  reset.hidden = false;
  for (const canvas of canvases) {
    canvas.hidden = false;
    canvas.parentElement.querySelector("img")?.remove();
  }
  show();
}

for (const editor of document.querySelectorAll(".focal")) {
  const picture = editor.querySelector(".focal-whole");
  picture.decode().then(() => start(editor), () => {});  // without its file there is nothing to set
}
