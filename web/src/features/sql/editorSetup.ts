// CodeMirror for the statements that can be run here: their keywords and functions, completion by the project's tables, and the dashboard's colours.
import {
  autocompletion,
  type Completion,
  closeBrackets,
  closeBracketsKeymap,
  completeFromList,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { SQLDialect, type SQLNamespace, sql } from '@codemirror/lang-sql'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { SqlSchema } from './model'

/** Only reading can be asked, so only its words are offered. */
const KEYWORDS =
  'all and any array as asc between by case cast cross cube current_date current_timestamp date desc describe distinct else end escape except exists explain extract false fetch filter first following for from full group grouping having ilike in inner intersect interval is join last lateral left like limit materialized natural next not null nulls offset on only or order outer over partition preceding range recursive right rollup row rows select sets show similar some table tables then to true unbounded union using values when where window with within'
const TYPES =
  'bigint boolean date double float int integer numeric precision real smallint text timestamp timestamptz varchar'

export const DIALECT = SQLDialect.define({
  keywords: KEYWORDS,
  types: TYPES,
  specialVar: '$',
  operatorChars: '+-*/<>=~!@%^|&',
  doubleQuotedStrings: false,
})

/** Underlines a range of the text, or nothing. */
export const setUnderline = StateEffect.define<{ from: number; to: number } | null>()

const underlineMark = Decoration.mark({ class: 'ff-wrong' })

const underline = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    // What was wrong may be mended by any change.
    let next = transaction.docChanged ? Decoration.none : marks
    for (const effect of transaction.effects) {
      if (!effect.is(setUnderline)) continue
      const range = effect.value
      const length = transaction.state.doc.length
      next =
        range && range.from < range.to && range.to <= length
          ? Decoration.set(underlineMark.range(range.from, range.to))
          : Decoration.none
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Tables with their columns and types, as completion has them. */
function namespaceOf(schema: SqlSchema): SQLNamespace {
  const columns = ({ columns: all }: SqlSchema['tables'][number]): Completion[] =>
    all.map(({ name, type }) => ({ label: name, detail: type, type: 'property' }))
  return Object.fromEntries(
    schema.tables.map((table) => [
      table.name,
      { self: { label: table.name, detail: 'table', type: 'class' }, children: columns(table) },
    ]),
  )
}

function functionsOf(schema: SqlSchema): Completion[] {
  return schema.functions.flatMap(({ about, names }) =>
    names.map((name): Completion => ({ label: name, apply: `${name}(`, detail: about, type: 'function', boost: -1 })),
  )
}

/** The language with what there is to complete; without a schema, its words alone. */
export function language(schema: SqlSchema | undefined): Extension {
  const config = { dialect: DIALECT, upperCaseKeywords: true, ...(schema ? { schema: namespaceOf(schema) } : {}) }
  const functions = schema ? [DIALECT.language.data.of({ autocomplete: completeFromList(functionsOf(schema)) })] : []
  return [sql(config), functions]
}

const COLORS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--ff-accent)', fontWeight: '500' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--ff-good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--ff-warn)' },
  { tag: tags.special(tags.name), color: 'var(--ff-bad)', fontWeight: '500' },
  { tag: tags.typeName, color: 'var(--ff-accent)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--ff-muted)', fontStyle: 'italic' },
])

const LOOK = EditorView.theme({
  '&': { color: 'var(--ff-text)', fontSize: '13px', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--ff-text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ff-text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ff-muted)', border: 'none' },
  '.cm-placeholder': { color: 'var(--ff-muted)' },
  '.cm-content ::selection, .cm-line::selection': { backgroundColor: 'var(--ff-accent-soft)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--ff-accent-soft)' },
  '.ff-wrong': {
    textDecoration: 'underline wavy var(--ff-bad-fill) 1.5px',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--ff-surface)',
    color: 'var(--ff-text)',
    border: '1px solid var(--ff-border-strong)',
    borderRadius: '6px',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    fontSize: '12px',
    maxHeight: '240px',
  },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', display: 'flex', gap: '16px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--ff-selected)',
    color: 'var(--ff-text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { marginLeft: 'auto', fontStyle: 'normal', color: 'var(--ff-muted)' },
})

/** Text typed over a selection. Left to Chromium, it would keep the look of what it replaces by a style attribute, which the CSP forbids. */
const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main
    const text = event.data
    if (event.inputType !== 'insertText' || text === null || empty || view.composing) return false
    const insert = () =>
      view.state.update({ ...view.state.replaceSelection(text), userEvent: 'input.type', scrollIntoView: true })
    const isHandled = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, insert))
    if (!isHandled) view.dispatch(insert())
    event.preventDefault()
    return true
  },
})

/** What never changes while the editor is there. */
export function base(label: string): Extension {
  return [
    lineNumbers(),
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    underline,
    typedOver,
    // Tab leads on to the next field, so that the keyboard is never caught here.
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    syntaxHighlighting(COLORS),
    LOOK,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
  ]
}
