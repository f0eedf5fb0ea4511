// The editor of a statement. It stands in a shadow tree, where CodeMirror adopts style sheets: in the document it would inject a <style>, which the CSP forbids.
import { Compartment, EditorState, Prec } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { type Ref, useEffect, useRef } from 'react'
import classes from './Editor.module.css'
import { base, language, setUnderline } from './editorSetup'
import type { SqlSchema } from './model'

/** A part of the statement; all of it where nothing is selected. */
export type Selection = { text: string; start: number; isPart: boolean }

export type EditorHandle = {
  selection: () => Selection
  /** Puts a text in place of the selection, and the cursor behind it. */
  insert: (text: string) => void
  /** Leads to an offset. */
  focus: (offset?: number) => void
}

type Props = {
  ref: Ref<EditorHandle>
  value: string
  schema: SqlSchema | undefined
  /** What is wrong, in offsets of the text. */
  wrong: { from: number; to: number } | undefined
  onChange: (value: string) => void
  onRun: (selection: Selection) => void
  onSelect: (isPart: boolean) => void
}

export function Editor({ ref, value, schema, wrong, onChange, onRun, onSelect }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const words = useRef(new Compartment())
  const calls = useRef({ onChange, onRun, onSelect })
  calls.current = { onChange, onRun, onSelect }

  useEffect(() => {
    const element = host.current
    if (!element) return
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const state = EditorState.create({
      doc: value,
      extensions: [
        Prec.highest(
          keymap.of([{ key: 'Mod-Enter', run: (editor) => (calls.current.onRun(selectionOf(editor)), true) }]),
        ),
        base('Statement'),
        placeholder('SELECT … FROM …'),
        words.current.of(language(schema)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) calls.current.onChange(update.state.doc.toString())
          if (update.selectionSet || update.docChanged) calls.current.onSelect(!update.state.selection.main.empty)
        }),
      ],
    })
    const editor = new EditorView({ state, root, parent: root })
    view.current = editor
    const handle: EditorHandle = {
      selection: () => selectionOf(editor),
      insert: (text) => {
        editor.dispatch(editor.state.replaceSelection(text))
        editor.focus()
      },
      focus: (offset) => {
        if (offset !== undefined)
          editor.dispatch({ selection: { anchor: Math.min(offset, editor.state.doc.length) }, scrollIntoView: true })
        editor.focus()
      },
    }
    if (typeof ref === 'function') ref(handle)
    else if (ref) ref.current = handle
    return () => {
      editor.destroy()
      view.current = null
    }
    // The editor is made once; what changes is handed to it below.
  }, [])

  useEffect(() => {
    const editor = view.current
    // A question that was opened, or the address that went back: not what was typed here.
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    view.current?.dispatch({ effects: words.current.reconfigure(language(schema)) })
  }, [schema])
  useEffect(() => {
    view.current?.dispatch({ effects: setUnderline.of(wrong ?? null) })
  }, [wrong])

  return <div ref={host} className={classes.editor} data-wrong={wrong !== undefined || undefined} />
}

function selectionOf(editor: EditorView): Selection {
  const { from, to, empty } = editor.state.selection.main
  return empty
    ? { text: editor.state.doc.toString(), start: 0, isPart: false }
    : { text: editor.state.sliceDoc(from, to), start: from, isPart: true }
}
