// The bots by name: what each is, how much it does, and when it came last.
import { Link } from '@tanstack/react-router'
import type { Bot, BotShare } from '../../api/bots'
import { useRole } from '../../api/useRole'
import type { AnalysisSearch } from '../../lib/analysis'
import { botKind, botName, wordOf } from '../../lib/bots'
import { exactNumber, percent, plural } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num, Time } from '../../ui/Figures'
import { CsvButton } from '../../ui/TableActions'
import classes from './Bots.module.css'
import { botSheet, sessionsOf, shareOf, unnamedEvents } from './model'

type Props = { projectId: string; search: AnalysisSearch; answer: BotShare }

export function BotTable({ projectId, search, answer }: Props) {
  const { may } = useRole(projectId)
  const unnamed = unnamedEvents(answer)
  const columns: Column<Bot>[] = [
    {
      key: 'name',
      header: 'Bot',
      small: 'title',
      cell: (bot) => {
        const sessions = may('analyst') ? sessionsOf(search, bot) : undefined
        if (!sessions) return <span className={classes.name}>{botName(bot)}</span>
        return (
          <Link
            to="/p/$projectId/sessions"
            params={{ projectId }}
            search={sessions}
            className={classes.name}
            title={`See the sessions of ${botName(bot)}`}
          >
            {botName(bot)}
          </Link>
        )
      },
    },
    { key: 'kind', header: 'Kind', cell: ({ rule }) => botKind(rule) },
    {
      key: 'rule',
      header: 'Recognized by',
      cell: ({ rule }) => <code className={classes.word}>{wordOf(rule)}</code>,
      isExtra: true,
    },
    { key: 'events', header: 'Events', align: 'right', small: 'figure', cell: ({ events }) => <Num value={events} /> },
    {
      key: 'share',
      header: 'Of all events',
      align: 'right',
      cell: ({ events }) => percent(shareOf(events, answer.events) ?? 0),
    },
    { key: 'page_views', header: 'Page views', align: 'right', cell: ({ page_views: views }) => <Num value={views} /> },
    { key: 'sessions', header: 'Sessions', align: 'right', cell: ({ sessions }) => <Num value={sessions} /> },
    { key: 'last_seen', header: 'Last seen', align: 'right', cell: ({ last_seen: at }) => <Time at={at} /> },
  ]
  return (
    <Card
      title="Bots"
      piece="bots.list"
      help="By the browser that a user agent names, which for crawlers is their own name, and the word that gave it away. A name leads to its sessions."
      note={plural(answer.bots.length, 'bot')}
      actions={<CsvButton sheet={botSheet(answer)} />}
      flush
    >
      <DataTable
        label="Bots"
        columns={columns}
        rows={answer.bots}
        rowKey={({ name, rule }) => `${rule} ${name ?? ''}`}
      />
      {unnamed > 0 && (
        <p className={classes.more}>{exactNumber(unnamed)} more events came from bots with other names.</p>
      )}
    </Card>
  )
}
