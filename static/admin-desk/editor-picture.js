// Pictures of the library inside a text: <figure data-picture="12"></figure>, a block of its own.
import { Node } from "django-prose-editor/editor";

// The library's own scripts come when somebody opens it, or a text has a picture.
const choose = async (about) => (await import("admin-desk/chooser")).choose(about);
const describe = async (picture) => (await import("admin-desk/chooser")).describe(picture);
const pictureById = async (url, id) => (await import("admin-desk/chooser-ask")).pictureById(url, id);

const NUMBER = /^[1-9]\d{0,17}$/;

// The picture that is selected: {node, from}, or null.
function selected({ state }, type) {
  const { node, from } = state.selection;
  return node?.type.name === type ? { node, from } : null;
}

// Behind the block that the cursor is in, or in place of it where it is empty.
function insert(editor, id) {
  let place = 0;
  editor.chain().focus().command(({ tr, state }) => {
    const { $from, to } = state.selection;
    const block = $from.depth ? $from.node(1) : null;
    const isEmpty = block?.type.name === "paragraph" && !block.content.size;
    const at = block ? (isEmpty ? $from.before(1) : $from.after(1)) : to;
    const picture = state.schema.nodes.picture.create({ id });
    tr.replaceWith(at, isEmpty ? $from.after(1) : at, picture);
    const behind = at + picture.nodeSize;
    // A line to write on in.
    if (!tr.doc.nodeAt(behind)?.isTextblock) tr.insert(behind, state.schema.nodes.paragraph.create());
    place = behind + 1;
    return true;
  }).run();
  editor.commands.setTextSelection(place);
}

function replace(editor, from, id) {
  editor.chain().focus().command(({ tr }) => {
    tr.setNodeMarkup(from, null, { id });
    return true;
  }).setNodeSelection(from).run();
}

function move(editor, from, step) {
  const { doc } = editor.state;
  const place = doc.resolve(from);
  const other = place.parent.maybeChild(place.index() + step);
  if (!other) return false;
  const node = doc.nodeAt(from);
  const to = from + step * other.nodeSize;
  return editor.chain().focus().command(({ tr }) => {
    tr.delete(from, from + node.nodeSize).insert(to, node);
    return true;
  }).setNodeSelection(to).scrollIntoView().run();
}

async function pick(editor, url) {
  const there = selected(editor, "picture");
  const picture = await choose({ url, current: there?.node.attrs.id });
  if (!picture) editor.commands.focus();
  else if (there) replace(editor, there.from, picture.id);
  else insert(editor, picture.id);
}

const element = (name, words = "", className = "") =>
  Object.assign(document.createElement(name), { textContent: words, className });

// What stands for the picture while it is edited. Nothing of it is saved but the number.
class View {
  constructor({ node, editor, getPos }, url) {
    Object.assign(this, { id: node.attrs.id, editor, getPos, url });
    this.dom = element("figure", "", "text-picture");
    this.dom.contentEditable = "false";
    this.image = element("img");
    this.image.draggable = false;  // the figure is what is dragged
    this.caption = element("figcaption");
    this.dom.append(this.image, this.caption);
    if (editor.isEditable) this.dom.append(this.buttons());
    this.image.hidden = true;  // until it is known
    if (this.wording) this.wording.hidden = true;
    this.described = ({ detail }) => { if (detail.id === this.id) this.show(detail); };
    document.addEventListener("picture:described", this.described);
    this.draw();
  }

  buttons() {
    const bar = element("div", "", "picture-acts");
    const acts = {
      "Replace…": () => this.replace(),
      "Edit words…": () => describe(this.picture),
      "Move up": () => move(this.editor, this.getPos(), -1),
      "Move down": () => move(this.editor, this.getPos(), 1),
      "Remove": () => this.editor.chain().focus().setNodeSelection(this.getPos()).deleteSelection().run(),
    };
    for (const [words, act] of Object.entries(acts)) {
      const button = element("button", words, "step");
      button.type = "button";
      button.addEventListener("click", act);
      bar.append(button);
    }
    this.wording = bar.children[1];
    return bar;
  }

  async replace() {
    const picture = await choose({ url: this.url, current: this.id });
    if (picture) replace(this.editor, this.getPos(), picture.id);
  }

  async draw() {
    this.caption.textContent = `Picture ${this.id}`;
    try {
      this.show(await pictureById(this.url, this.id));
    } catch (error) {
      this.caption.textContent = `Picture ${this.id}. ${error.message}`;
    }
  }

  show(picture) {
    this.picture = picture;
    this.image.hidden = !picture;
    if (this.wording) this.wording.hidden = !picture?.words;
    if (!picture) {
      this.caption.textContent = `There is no picture ${this.id} in the library any more. Replace it or remove it.`;
      return;
    }
    this.image.src = picture.whole;
    this.image.alt = picture.alt || picture.label;
    this.caption.replaceChildren(
      element("span", picture.caption || "No caption", picture.caption ? "" : "soft"), " ",
      element("span", picture.credit || "No credit", picture.credit ? "credit" : "credit lacking"));
  }

  update(node) {
    if (node.type.name !== "picture") return false;
    if (node.attrs.id !== this.id) {
      this.id = node.attrs.id;
      this.draw();
    }
    return true;
  }

  stopEvent(event) { return event.target instanceof Element && event.target.closest("button") !== null; }
  ignoreMutation() { return true; }
  destroy() { document.removeEventListener("picture:described", this.described); }
}

export const Picture = Node.create({
  name: "picture",
  group: "block",
  atom: true,
  draggable: true,

  addOptions() {
    return { url: "" };
  },

  addAttributes() {
    return {
      id: {
        parseHTML: (figure) => figure.dataset.picture,
        renderHTML: ({ id }) => ({ "data-picture": id }),
      },
    };
  },

  parseHTML() {
    return [{
      tag: "figure[data-picture]",
      getAttrs: (figure) => (NUMBER.test(figure.dataset.picture) ? null : false),
    }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes];
  },

  addNodeView() {
    return (about) => new View(about, this.options.url);
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "picture",
      groups: "picture",
      button: buttons.material("image", "picture"),
      command: (editor) => { pick(editor, this.options.url); },
      active: (editor) => editor.isActive("picture"),
    });
  },

  addKeyboardShortcuts() {
    const moved = (step) => ({ editor }) => {
      const there = selected(editor, "picture");
      return there ? move(editor, there.from, step) : false;
    };
    return { "Alt-ArrowUp": moved(-1), "Alt-ArrowDown": moved(1) };
  },

  // The package takes a text of one childless element for an empty one: a lone picture is none.
  onCreate({ editor }) {
    const field = editor.options.element.querySelector(":scope > textarea");
    editor.on("update", () => {
      if (field && !field.value && editor.state.doc.firstChild?.type.name === "picture") {
        field.value = editor.getHTML();
      }
    });
  },
});
