// What the chooser asks of the server: fragments of HTML, and pictures by their numbers.
export const UNREACHABLE = "The server can't be reached. Check the connection, then try again.";

// A refusal in words. `stay`: answers that are fragments too, such as a form with errors.
function problem(answer, stay) {
  if (answer.redirected) return "You are logged out. Log in in another tab, then try again.";
  if (answer.ok || stay.includes(answer.status)) return "";
  if (answer.status === 403) return "You may not do that. Ask somebody who runs the desk for it.";
  if (answer.status === 404) return "This picture is no longer in the library. Choose another.";
  return "The server could not do that. Nothing is lost: try again.";
}

// → {ok, content: DocumentFragment}; throws an Error with a sentence for the person at the desk.
export async function ask(url, { stay = [], ...options } = {}) {
  const answer = await fetch(url, options).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new Error(UNREACHABLE);
  });
  const words = problem(answer, stay);
  if (words) throw new Error(words);
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return { ok: answer.ok, content: holder.content };
}

// A picture as a card or a face tells of it (choose_data.html): {id, face, label, whole, alt,
// caption, credit, lacks, words}.
export function pictureOf(card) {
  const face = document.createElement("div");
  face.className = "face";
  Object.assign(face.dataset, card.dataset);
  face.append(...[...card.children].map((child) => child.cloneNode(true)));
  const { picture: id, ...said } = card.dataset;
  return { id, face, ...said };
}

const known = new Map();  // number → promise of a picture, null for one that is gone
let waiting = [];

export function remember(picture) {
  known.set(picture.id, Promise.resolve(picture));
}

// The picture of that number. All that are asked for in one go are one request.
export function pictureById(url, id) {
  if (!known.has(id)) {
    known.set(id, new Promise((resolve, reject) => {
      if (!waiting.length) setTimeout(() => fetchWaiting(url));
      waiting.push({ id, resolve, reject });
    }));
    known.get(id).catch(() => known.delete(id));
  }
  return known.get(id);
}

async function fetchWaiting(url) {
  const asked = waiting;
  waiting = [];
  try {
    const { content } = await ask(`${url}?ids=${asked.map((one) => one.id).join(",")}`);
    for (const { id, resolve } of asked) {
      const face = content.querySelector(`[data-picture="${id}"]`);
      resolve(face ? pictureOf(face) : null);
    }
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
}
