// Beside the editor: the tables with their columns, the questions that are saved, and what was run on this device.
import { Button, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconBookmark, IconClock, IconHistory, IconSearch } from '@tabler/icons-react'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { exactNumber } from '../../lib/format'
import { absoluteTime, relativeTime } from '../../lib/time'
import { Card } from '../../ui/Card'
import { PageTabs } from '../../ui/PageTabs'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { savedQuestionsQuery } from './api'
import type { Owner, Past } from './history'
import type { SavedQuestion, SqlSchema } from './model'
import classes from './Side.module.css'
import { runsText } from './schedule'

type Props = {
  owner: Owner
  schema: UseQueryResult<SqlSchema>
  saved: SavedQuestion | undefined
  history: readonly Past[]
  /** Writes a name into the statement. */
  onInsert: (name: string) => void
  onShow: (statement: string) => void
  onClear: () => void
}

const TABS = [
  { value: 'tables', label: 'Tables' },
  { value: 'saved', label: 'Saved' },
  { value: 'history', label: 'History' },
] as const

type Tab = (typeof TABS)[number]['value']

export function Side({ owner, schema, saved, history, onInsert, onShow, onClear }: Props) {
  const [tab, setTab] = useState<Tab>(saved ? 'saved' : 'tables')
  return (
    <aside className={classes.side} aria-label="Tables, saved questions and history">
      <Card title={{ tables: 'Tables', saved: 'Saved questions', history: 'History' }[tab]}>
        <PageTabs label="Beside the editor" value={tab} tabs={TABS} onChange={setTab} />
        {tab === 'tables' && (
          <Result what="The tables" question={schema} skeleton={<RowsSkeleton />}>
            {(found) => <Tables schema={found} onInsert={onInsert} />}
          </Result>
        )}
        {tab === 'saved' && <Questions projectId={owner.projectId} />}
        {tab === 'history' && <History history={history} onShow={onShow} onClear={onClear} />}
      </Card>
    </aside>
  )
}

function Tables({ schema, onInsert }: { schema: SqlSchema; onInsert: (name: string) => void }) {
  const [wanted, setWanted] = useState('')
  const needle = wanted.trim().toLowerCase()
  const matches = (name: string) => name.toLowerCase().includes(needle)
  const tables = schema.tables.filter(
    ({ name, columns }) => matches(name) || columns.some((column) => matches(column.name)),
  )
  return (
    <>
      <TextInput
        className={classes.search}
        size="xs"
        type="search"
        aria-label="Find a table or column"
        placeholder="Find a table or column"
        leftSection={<IconSearch size={14} />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <ul className={classes.tables}>
        {tables.map(({ name, columns }) => (
          <li key={name}>
            <details open={needle !== '' || undefined}>
              <summary>
                {name} <small>{columns.length}</small>
              </summary>
              <ul className={classes.columns}>
                {columns
                  .filter((column) => needle === '' || matches(name) || matches(column.name))
                  .map((column) => (
                    <li key={column.name}>
                      <button
                        type="button"
                        aria-label={`Write ${column.name}, ${column.type}`}
                        onClick={() => onInsert(column.name)}
                      >
                        <span>{column.name}</span> <small>{column.type}</small>
                      </button>
                    </li>
                  ))}
                <li>
                  <button type="button" className={classes.write} onClick={() => onInsert(name)}>
                    Write {name}
                  </button>
                </li>
              </ul>
            </details>
          </li>
        ))}
      </ul>
      {tables.length === 0 && <p className={classes.none}>No table or column is called so.</p>}
    </>
  )
}

function Questions({ projectId }: { projectId: string }) {
  const questions = useQuery(savedQuestionsQuery(projectId))
  return (
    <Result what="The saved questions" question={questions} skeleton={<RowsSkeleton />}>
      {({ saved_questions: list }) =>
        list.length === 0 ? (
          <Empty icon={IconBookmark} title="Nothing saved yet">
            Save a statement to find it here, and to share it with others.
          </Empty>
        ) : (
          <ul className={classes.list}>
            {list.map(({ id, name, description, visibility, author, schedule, last_run: last }) => (
              <li key={id}>
                <Link to="/p/$projectId/sql" params={{ projectId }} search={{ q: id }} className={classes.item ?? ''}>
                  <b>
                    {name}
                    {schedule && (
                      <IconClock className={classes.clock} size={14} role="img" aria-label={runsText(schedule)}>
                        <title>{runsText(schedule)}</title>
                      </IconClock>
                    )}
                  </b>
                  {description && <span>{description}</span>}
                  <small>
                    {visibility === 'own' ? 'Only you' : `Shared${author.name ? ` by ${author.name}` : ''}`}
                  </small>
                  {schedule && last?.outcome === 'failed' && (
                    <small className={classes.failed}>
                      <IconAlertTriangle size={14} aria-hidden /> The last run failed
                    </small>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        )
      }
    </Result>
  )
}

function History({
  history,
  onShow,
  onClear,
}: {
  history: readonly Past[]
  onShow: (statement: string) => void
  onClear: () => void
}) {
  const [now] = useState(Date.now)
  if (history.length === 0) {
    return (
      <Empty icon={IconHistory} title="Nothing run yet">
        Your last 50 statements appear here. They stay on this device until you sign out.
      </Empty>
    )
  }
  return (
    <>
      <ul className={classes.list}>
        {history.map(({ statement, at, rows }) => (
          <li key={statement}>
            <button type="button" className={classes.item} onClick={() => onShow(statement)}>
              <code>{statement.length > 160 ? `${statement.slice(0, 160)}…` : statement}</code>
              <small title={absoluteTime(at)}>
                {relativeTime(at, now)}
                {rows !== undefined && `, ${exactNumber(rows)} ${rows === 1 ? 'row' : 'rows'}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={onClear}>
        Clear history
      </Button>
    </>
  )
}
