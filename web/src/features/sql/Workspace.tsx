// The page of one statement: editor, parameters, answer, and beside them what can be named, what is saved and what was run.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Card } from '../../ui/Card'
import { FormFailure } from '../../ui/FormFailure'
import { schemaQuery } from './api'
import { Editor, type EditorHandle, type Selection } from './Editor'
import { type Owner, readHistory, withPast, writeHistory } from './history'
import { LiveAnswer } from './LiveAnswer'
import { chosenChart, DEFAULT_LIMIT, type SavedQuestion, type SqlSearch, withChart, withRun } from './model'
import { ParameterInputs } from './ParameterInputs'
import { PastAnswers } from './PastAnswers'
import { fieldsOf, fieldText, type ParameterField, sentOf } from './parameters'
import { rangeAt } from './place'
import { QuestionHead } from './QuestionHead'
import { RunBar } from './RunBar'
import { ScheduleLine } from './ScheduleLine'
import { Side } from './Side'
import classes from './Sql.module.css'
import { Start } from './Start'
import { StoredAnswer } from './StoredAnswer'
import { useRun } from './useRun'
import { useStatement } from './useStatement'

const route = getRouteApi('/p/$projectId/sql')

export function Workspace({ owner, saved }: { owner: Owner; saved: SavedQuestion | undefined }) {
  const { projectId } = owner
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = useCallback(
    (next: (search: SqlSearch) => SqlSearch) =>
      void navigate({ search: (latest) => next(latest), replace: true, resetScroll: false }),
    [navigate],
  )
  const schema = useQuery(schemaQuery(projectId))
  const { text, type, replace } = useStatement(owner, saved, search, change)
  const editor = useRef<EditorHandle>(null)
  const [isPart, setPart] = useState(false)
  const [history, setHistory] = useState(() => readHistory(owner))
  const { run, start, cancel, forgetProblem } = useRun(projectId, ({ request }, answer) => {
    const next = withPast(history, { statement: request.query, at: new Date().toISOString(), rows: answer.row_count })
    setHistory(next)
    writeHistory(owner, next)
  })
  const limit = search.limit ?? DEFAULT_LIMIT
  const fields = useMemo(() => fieldsOf(text, saved?.parameters ?? [], search.p ?? {}), [text, saved, search.p])
  const wrong = useMemo(() => (run.place ? rangeAt(text, run.place) : undefined), [run.place, text])
  const chart = chosenChart(search, saved?.chart)

  function ask({ text: query, start: at }: Selection) {
    if (query.trim() === '') return
    change((latest) => withRun(latest))
    void start({
      request: { query, limit, ...sentOf(fieldsOf(query, saved?.parameters ?? [], search.p ?? {})) },
      text,
      start: at,
    })
  }
  const askAll = () => ask({ text, start: 0, isPart: false })

  // A question that is opened by its link shows its answer, unless the link is one to a stored answer.
  const isOpened = useRef(false)
  useEffect(() => {
    if (isOpened.current) return
    isOpened.current = true
    if (
      saved &&
      !search.run &&
      text === saved.statement &&
      fields.every((field) => field.type === 'text' || field.text !== '')
    )
      askAll()
  })

  function edit(next: string) {
    forgetProblem()
    type(next)
  }
  function show(statement: string) {
    forgetProblem()
    replace(statement)
    editor.current?.focus()
  }

  return (
    <div className={classes.page}>
      <div className={classes.main}>
        <Card
          title={saved?.name ?? 'Statement'}
          actions={
            <QuestionHead owner={owner} saved={saved} edited={{ statement: text, fields, chart }} search={search} />
          }
        >
          {saved?.description && <p className={classes.description}>{saved.description}</p>}
          {saved && <ScheduleLine projectId={projectId} saved={saved} />}
          <ParameterInputs
            fields={fields}
            problem={run.problem}
            onChange={(field: ParameterField) => (
              forgetProblem(), change((latest) => ({ ...latest, p: { ...latest.p, [field.name]: fieldText(field) } }))
            )}
            onRun={askAll}
          />
          <Editor
            ref={editor}
            value={text}
            schema={schema.data}
            wrong={wrong}
            onChange={edit}
            onRun={ask}
            onSelect={setPart}
          />
          {run.problem && !run.problem.field?.startsWith('parameters.') && (
            <div className={classes.problem}>
              {run.problem.status === 422 ? (
                <p className={classes.wrong} role="alert">
                  {run.problem.detail}
                </p>
              ) : (
                <FormFailure error={run.problem} />
              )}
              {wrong && run.place && (
                <button type="button" className={classes.toPlace} onClick={() => editor.current?.focus(wrong.from)}>
                  Go to line {run.place.line}
                </button>
              )}
            </div>
          )}
          <RunBar
            since={run.since}
            isPart={isPart}
            isEmpty={text.trim() === ''}
            limit={limit}
            onRun={() => ask(editor.current?.selection() ?? { text, start: 0, isPart: false })}
            onCancel={cancel}
            onLimit={(next) =>
              change(({ limit: _limit, ...rest }) => (next === DEFAULT_LIMIT ? rest : { ...rest, limit: next }))
            }
          />
        </Card>
        {saved && search.run ? (
          <StoredAnswer
            projectId={projectId}
            saved={saved}
            runId={search.run}
            isCompared={search.compare ?? false}
            chart={chart}
            onChart={(settings) =>
              change(({ compare: _compare, ...latest }) => withChart(latest, settings, saved.chart))
            }
            onCompare={(isCompared) =>
              change(({ compare: _compare, ...latest }) => (isCompared ? { ...latest, compare: true } : latest))
            }
            onRunAgain={askAll}
          />
        ) : run.done ? (
          <LiveAnswer
            projectId={projectId}
            title={saved?.name}
            done={run.done}
            isStale={run.since !== null}
            chart={chart}
            onChart={(settings) => change((latest) => withChart(latest, settings, saved?.chart))}
          />
        ) : (
          <Start isEmpty={text.trim() === ''} isRunning={run.since !== null} onChoose={show} />
        )}
      </div>
      <div className={classes.beside}>
        {saved && <PastAnswers projectId={projectId} saved={saved} search={search} />}
        <Side
          owner={owner}
          schema={schema}
          saved={saved}
          history={history}
          onInsert={(name) => editor.current?.insert(name)}
          onShow={show}
          onClear={() => (setHistory([]), writeHistory(owner, []))}
        />
      </div>
    </div>
  )
}
