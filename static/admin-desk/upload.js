// Pictures go into the library one after the other: one file a request, with its progress.
const LIMIT = 20 * 1024 * 1024;
const LOGGED_OUT = "You are logged out. Log in in another tab, then try again.";
const UNREACHABLE = "The server can't be reached. Check the connection, then try again.";
const FAILED = "The server could not store it. Try again.";

// `zone` holds a file input and a list; files are also dropped on it. `onUploaded` gets what the
// server says of a picture: {id, label, thumb, width, height, url, suggested}. → {add(files)}
export function uploads(zone, { url, token, onUploaded = () => {} }) {
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector("ul, ol");
  const status = zone.querySelector("[role=status]") ?? zone.appendChild(statusLine());
  // In a dialog a picture is taken for the form behind it, which must not be left.
  const target = zone.closest("dialog") ? "_blank" : "";
  const waiting = [];
  let busy = false;

  function add(files) {
    for (const file of files) {
      const row = list.appendChild(newRow(file.name));
      if (file.size > LIMIT) refuse(row, file, tooLarge(file));
      else enqueue(row, file);
    }
    next();
  }

  function enqueue(row, file) {
    show(row, "Waiting");
    waiting.push({ row, file });
  }

  async function next() {
    if (busy || !waiting.length) return;
    busy = true;
    const { row, file } = waiting.shift();
    tell(row, file, await send(file, { url, token, row }));
    busy = false;
    next();
  }

  function tell(row, file, request) {
    const data = request.response;
    row.querySelector("progress")?.remove();
    if (request.status === 201 && data) taken(row, data, "Describe it");
    else if (request.status === 409 && data) offer(row, data);
    else refuse(row, file, data?.error ?? sentence(request), !data?.error || request.status >= 500);
  }

  function taken(row, data, words) {
    show(row, "", [link(data, words, target)], data);
    row.classList.add("done");
    status.textContent = `${data.label} is in the library.`;
    onUploaded(data);
  }

  function offer(row, { error, existing }) {
    const use = button("Use this one", () => taken(row, existing, "Open it"));
    const choices = target ? [use, link(existing, "Open it", target)] : [link(existing, "Open it", "")];
    show(row, error, choices, existing);
    status.textContent = `${existing.label}: ${error}`;
  }

  function refuse(row, file, words, again = false) {
    const retry = button("Try again", () => { row.classList.remove("refused"); enqueue(row, file); next(); });
    row.classList.add("refused");
    show(row, words, again ? [retry] : []);
    status.textContent = `${file.name}: ${words}`;
  }

  input.addEventListener("change", () => { add([...input.files]); input.value = ""; });
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    zone.classList.remove("over");
    add([...event.dataTransfer.files]);
  });
  window.addEventListener("beforeunload", (event) => {
    if (busy && zone.isConnected) event.preventDefault();
  });
  return { add };
}

function send(file, { url, token, row }) {
  const data = new FormData();
  data.append("upload", file);
  const request = new XMLHttpRequest();
  const bar = row.insertBefore(progress(file.name), row.querySelector(".upload-result"));
  show(row, "Uploading");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    if (loaded < total) return;
    bar.removeAttribute("value");  // how long the rest takes nobody knows
    show(row, "Making its sizes");
  });
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => resolve(request));
    request.responseType = "json";
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", token);
    request.send(data);
  });
}

function sentence({ status, responseURL }) {
  if (!status) return UNREACHABLE;
  if (responseURL.includes("/login/")) return LOGGED_OUT;
  if (status === 403) return "This page is too old. Reload it, then upload the file again.";
  return status === 413 ? "The server takes no file of this size. Make it smaller." : FAILED;
}

function tooLarge({ size }) {
  return `It has ${(size / 1024 / 1024).toFixed(0)} MB; 20 MB is the most. Make it smaller.`;
}

function show(row, words, choices = [], picture = null) {
  const result = row.querySelector(".upload-result");
  result.replaceChildren(words, ...choices.flatMap((choice) => [" ", choice]));
  if (!picture) return;
  const image = row.querySelector("img") ?? row.insertBefore(element("img"), row.firstChild);
  Object.assign(image, { src: picture.thumb, alt: "", width: 96, height: 54 });
  row.querySelector(".upload-name").textContent = picture.label;
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

function newRow(name) {
  const row = element("li", { className: "upload" });
  row.append(element("span", { className: "upload-name", textContent: name }),
    element("span", { className: "upload-result" }));
  return row;
}

function progress(name) {
  const bar = element("progress", { max: 1, value: 0 });
  bar.setAttribute("aria-label", name);
  return bar;
}

function statusLine() {
  const line = element("p", { className: "visually-hidden" });
  line.setAttribute("role", "status");
  return line;
}

function link({ url, label }, words, target) {
  const made = element("a", { href: url, textContent: words, target });
  made.setAttribute("aria-label", `${words}: ${label}`);
  return made;
}

function button(words, pressed) {
  const made = element("button", { type: "button", className: "step", textContent: words });
  made.addEventListener("click", pressed);
  return made;
}
