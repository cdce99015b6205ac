// Citations inside a text: the button that inserts [[E2]], and marks that tell what they cite.
import { Extension, Plugin, pm } from "django-prose-editor/editor";
import { canCite, cite, evidence, here, spaced } from "admin-desk/cite";

const MARK = /\[\[E(\d{1,6})\]\]/g;
const { Decoration, DecorationSet } = pm.view;
const { PluginKey, TextSelection } = pm.state;
const key = new PluginKey("cite");

// Behind what is selected; behind a picture on a line of its own.
function insert(editor, mark) {
  editor.view.focus();  // at once: the command of the same name waits for a frame
  editor.chain().command(({ tr, state }) => {
    const { $to } = tr.selection;
    if ($to.parent.inlineContent) {
      const before = $to.parent.textBetween(0, $to.parentOffset, undefined, " ");
      tr.insertText(spaced(mark, before), $to.pos);
      tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map($to.pos)));
    } else {
      const line = state.schema.nodes.paragraph.create(null, state.schema.text(mark));
      tr.insert($to.pos, line);
      tr.setSelection(TextSelection.create(tr.doc, $to.pos + line.nodeSize - 1));
    }
    return true;
  }).scrollIntoView().run();
}

const placeOf = (editor) => ({
  box: editor.view.dom,
  insert: (mark) => insert(editor, mark),
  back: () => editor.view.focus(),
});

function marks(doc) {
  const claims = new Map(evidence().map(({ number, claim }) => [number, claim]));
  const found = [];
  doc.descendants((node, at) => {
    for (const match of (node.isText ? node.text : "").matchAll(MARK)) {
      const claim = claims.get(Number(match[1]));
      const about = claim === undefined
        ? { class: "mark lost", title: `There is no E${match[1]} in Evidence.` }
        : { class: "mark", title: claim };
      found.push(Decoration.inline(at + match.index, at + match.index + match[0].length, about));
    }
  });
  return DecorationSet.create(doc, found);
}

export const Cite = Extension.create({
  name: "cite",

  addMenuItems({ menu }) {
    menu.defineItem({
      name: "cite",
      groups: "cite",
      // Not by the package's own buttons.text(), which sets a style against the policy.
      button: Object.assign(document.createElement("button"), {
        type: "button", className: "prose-menubar__button words", textContent: "Cite",
        title: "Cite evidence", ariaLabel: "Cite evidence",
      }),
      hidden: () => !canCite(),
      command: (editor) => cite(placeOf(editor)),
    });
  },

  addProseMirrorPlugins() {
    return [new Plugin({
      key,
      state: {
        init: (_, { doc }) => marks(doc),
        apply: (tr, old) => (tr.docChanged || tr.getMeta(key) ? marks(tr.doc) : old),
      },
      props: { decorations: (state) => key.getState(state) },
    })];
  },

  // What the marks cite may have changed meanwhile.
  onFocus({ editor }) {
    here(placeOf(editor));
    editor.view.dispatch(editor.state.tr.setMeta(key, true));
  },
});
