// The head of a session's page: who and when, the counts, and where to go from here.

import { IconUser, IconUserQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { timeOfDay } from '../../lib/locale'
import { absoluteTime } from '../../lib/time'
import { kindLabel } from '../../lib/words'
import { FigureStrip } from '../../ui/FigureStrip'
import { Num, Time } from '../../ui/Figures'
import { LinkButton } from '../../ui/LinkButton'
import { customerQuery, type Session } from './api'
import { browserText, lengthText, placeText, sourceOf, whoText } from './model'
import classes from './Session.module.css'

export function SessionHead({ projectId, session }: { projectId: string; session: Session }) {
  const { user_id: userId, visitor_id: visitorId } = session
  const { data: customer } = useQuery({ ...customerQuery(projectId, userId ?? ''), enabled: Boolean(userId) })
  const name = customer?.name?.trim() || customer?.email
  const Glyph = userId ? IconUser : IconUserQuestion
  return (
    <section className={classes.head} aria-label="Session">
      <div className={classes.who}>
        <Glyph size={28} stroke={1.4} className={classes.avatar} aria-hidden />
        <div className={classes.names}>
          <h2 className={classes.title} title={userId ?? visitorId ?? undefined}>
            {name ?? whoText(session)}
            {session.bot && <span className={classes.tag}>bot</span>}
          </h2>
          <p className={classes.summary}>
            {name && <span>{userId}</span>}
            <span title={absoluteTime(session.started_at)}>
              <Time at={session.started_at} />
            </span>
            {[
              placeText(session),
              [browserText(session), session.device].filter(Boolean).join(', '),
              `from ${sourceText(session)}`,
            ]
              .filter(Boolean)
              .map((text) => (
                <span key={text}>{text}</span>
              ))}
          </p>
        </div>
        <div className={classes.links}>
          {userId && (
            <LinkButton to="/p/$projectId/people/$personId" params={{ projectId, personId: userId }} variant="default">
              Show person
            </LinkButton>
          )}
          {visitorId && (
            <LinkButton
              to="/p/$projectId/sessions"
              params={{ projectId }}
              search={{ period: '90d', visitor_id: visitorId }}
              variant="default"
            >
              Sessions of this visitor
            </LinkButton>
          )}
          {!visitorId && userId && (
            <LinkButton
              to="/p/$projectId/sessions"
              params={{ projectId }}
              search={{ period: '90d', user_id: userId }}
              variant="default"
            >
              Sessions of this customer
            </LinkButton>
          )}
        </div>
      </div>
      <FigureStrip
        label="Counts of the session"
        figures={[
          {
            key: 'duration',
            name: 'Duration',
            value: lengthText(session.duration_seconds),
            note: `${timeOfDay(session.started_at)} – ${timeOfDay(session.last_event_at)}`,
            help: 'From the first to the last event.',
          },
          {
            key: 'pages',
            name: 'Page views',
            value: <Num value={session.page_views} />,
            note: session.entry_path && `from ${session.entry_path}`,
            help: 'Pages viewed, including page changes inside single-page apps.',
          },
          {
            key: 'events',
            name: 'Events',
            value: <Num value={session.events} />,
            note: session.exit_path && `until ${session.exit_path}`,
            help: 'All events of the session.',
          },
          {
            key: 'friction',
            name: 'Friction',
            value: <Tone count={session.friction} />,
            note: session.friction_kinds.map(kindLabel).join(', '),
            help: 'Rage, dead, slow and error clicks, JavaScript errors and form errors.',
          },
          {
            key: 'errors',
            name: 'Errors',
            value: <Tone count={session.errors} />,
            help: 'JavaScript errors and unhandled rejections.',
          },
        ]}
      />
    </section>
  )
}

function Tone({ count }: { count: number }) {
  return (
    <span className={classes.count} data-bad={count > 0 || undefined}>
      <Num value={count} />
    </span>
  )
}

function sourceText(session: Session): string {
  const { name, detail } = sourceOf(session)
  return name === 'Direct' ? 'a direct visit' : [name, detail && `(${detail})`].filter(Boolean).join(' ')
}
