// The head of an error's page: its message and place, where it stands, whose it is, and who decided that.
import { useQuery } from '@tanstack/react-query'
import { useMembers } from '../../api/members'
import { meQuery } from '../../api/session'
import { useRole } from '../../api/useRole'
import { placeName } from '../../lib/stackFrames'
import { kindHelp, kindLabel } from '../../lib/words'
import { Assignee, AssignMenu } from '../../ui/AssignMenu'
import { CopyIcon } from '../../ui/Copy'
import { Time } from '../../ui/Figures'
import { type ErrorDetail, type ErrorTriage, type ErrorUpdate, useChangeError } from './api'
import classes from './Errors.module.css'
import { errorName, messageParts } from './model'
import { StatusBadge, StatusMenu } from './StatusMenu'
import { topCall } from './stackLines'

type Props = { projectId: string; error: ErrorDetail; triage: ErrorTriage }

export function GroupHead({ projectId, error, triage }: Props) {
  const { may } = useRole(projectId)
  const { members, nameOf } = useMembers(projectId)
  const { data: me } = useQuery(meQuery)
  const change = useChangeError(projectId)
  const name = errorName(error)
  const { type, text } = messageParts(error)
  const frame = topCall(error)
  const decide = (update: ErrorUpdate) => change({ group: error.error_group, before: triage, update })
  const assignee = triage.assigned_to ?? null
  return (
    <header className={classes.head}>
      <div className={classes.names}>
        <h2 className={classes.title}>
          {type && <span className={classes.type}>{type}</span>} {text}
          <CopyIcon text={name} what="message" />
        </h2>
        <p className={classes.summary}>
          <span title={kindHelp(error.kind) || undefined}>{kindLabel(error.kind)}</span>
          {frame && (
            <span title={frame.location}>
              {frame.function && <code>{frame.function}</code>}
              {frame.function && ' in '}
              <code>{placeName(frame)}</code>
            </span>
          )}
        </p>
      </div>
      <div className={classes.triage}>
        <div className={classes.decide}>
          {may('analyst') ? (
            <StatusMenu status={triage.status} about={name} onDecide={decide} />
          ) : (
            <StatusBadge status={triage.status} />
          )}
          {may('analyst') ? (
            <AssignMenu
              people={members}
              myId={me?.member.id}
              assignee={assignee}
              onAssign={(id) => decide({ assigned_to: id })}
            />
          ) : (
            <Assignee people={members} assignee={assignee} />
          )}
        </div>
        <Decision triage={triage} error={error} nameOf={nameOf} />
      </div>
    </header>
  )
}

/** Since when it counts as fixed, why it does not, and who changed it last. */
function Decision({
  triage,
  error,
  nameOf,
}: {
  triage: ErrorTriage
  error: ErrorDetail
  nameOf: (id: string) => string
}) {
  const {
    status,
    resolved_at: resolvedAt,
    in_next_release: inNext,
    released_at: releasedAt,
    changed_at: changedAt,
    changed_by: changedBy,
  } = triage
  return (
    <p className={classes.decision}>
      {status === 'regressed' && resolvedAt && (
        <span>
          {inNext ? 'Fixed by a release ' : 'Resolved '}
          <Time at={releasedAt ?? resolvedAt} />, met again, last <Time at={error.last_seen} />
        </span>
      )}
      {status === 'resolved' && inNext && (
        <span>
          {releasedAt ? <Time at={releasedAt} prefix="Fixed by the release " /> : 'Waits for the next release'}
        </span>
      )}
      {changedAt && (
        <span>
          <Time at={changedAt} prefix="Changed " />
          {` by ${changedBy ? nameOf(changedBy) : 'a program'}`}
        </span>
      )}
    </p>
  )
}
