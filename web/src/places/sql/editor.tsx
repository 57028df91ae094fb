import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { keywordCompletionSource, sql } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'preact/hooks';
import type { View } from '../../api/types.ts';
import { completeViews } from './completion.ts';
import { duckDb } from './dialect.ts';

interface EditorProps {
  readonly text: string;
  readonly views: readonly View[];
  readonly onText: (text: string) => void;
  readonly onRun: () => void;
}

/** The statement, with the names of views and columns at hand. Tab leaves it, as it leaves any other field. */
export function Editor({ text, views, onText, onRun }: EditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | undefined>(undefined);
  const now = useRef({ views, onText, onRun });
  now.current = { views, onText, onRun };
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    // Inside a shadow root its style sheets are made by script, which a strict Content-Security-Policy allows.
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({ doc: text, extensions: extensions(now) }),
    });
    editor.current = view;
    return () => view.destroy();
  }, []);
  useEffect(() => {
    const view = editor.current;
    if (view === undefined || view.state.doc.toString() === text) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }, [text]);
  return <div ref={box} class="sql-editor" />;
}

interface Current {
  readonly current: Omit<EditorProps, 'text'>;
}

/** @param now what the page gave last: the editor lives longer than one drawing of the page */
function extensions(now: Current) {
  const run = () => {
    now.current.onRun();
    return true;
  };
  return [
    keymap.of([{ key: 'Mod-Enter', run }, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    history(),
    lineNumbers(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    sql({ dialect: duckDb }).language,
    autocompletion({
      override: [(context) => completeViews(now.current.views)(context), keywordCompletionSource(duckDb)],
    }),
    syntaxHighlighting(colours),
    look,
    placeholder('select … from job_metrics'),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'SQL statement', spellcheck: 'false' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) now.current.onText(update.state.doc.toString());
    }),
  ];
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--ochre-ink)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--calm)' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--calm)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--panel)', fontSize: '0.875rem', height: '100%' },
  '&.cm-focused': { outline: '2px solid var(--ochre-ink)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '12px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--ink-3)', border: 'none', paddingLeft: '8px' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { background: 'var(--mark) !important' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--mark)' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--panel)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 12px', maxWidth: '320px' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px !important' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--ochre-wash) !important',
    color: 'var(--ink) !important',
  },
  '.cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-completionIcon': { display: 'none' },
});
