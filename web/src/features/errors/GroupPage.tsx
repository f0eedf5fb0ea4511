// One error: what fails and where, since when and for whom, what it costs, and what is decided about it.

import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { withRange } from '../../lib/analysis'
import { Result } from '../../ui/Result'
import { CardSkeleton } from '../../ui/States'
import { PieceSearchContext } from '../../ui/tile'
import { Affected } from './Affected'
import { type ErrorDetail, errorQuery, usePendingChanges } from './api'
import { Breakdown } from './Breakdown'
import classes from './Errors.module.css'
import { GroupCost } from './GroupCost'
import { GroupFigures } from './GroupFigures'
import { GroupHead } from './GroupHead'
import { MissingError } from './MissingError'
import { GROUP_PARAMETER, type GroupSearch, listSearch, parseGroupSearch, scopeOf } from './model'
import { Occurrences } from './Occurrences'
import type { ErrorParts } from './parts'
import { Stack } from './Stack'

const route = getRouteApi('/p/$projectId/analysis/errors/$errorGroup')

export function ErrorGroupPage({ parts }: { parts: ErrorParts }) {
  const { projectId, errorGroup } = route.useParams()
  const search = route.useSearch()
  const error = useQuery(errorQuery(projectId, errorGroup, scopeOf(search)))
  return (
    <div className={classes.page}>
      <Link className={classes.back} to="/p/$projectId/errors" params={{ projectId }} search={listSearch(search)}>
        <IconArrowLeft size={14} aria-hidden /> All errors
      </Link>
      <Result isFramed what="The error" question={error} skeleton={<GroupSkeleton />}>
        {(data) =>
          data ? (
            <Group
              key={errorGroup}
              projectId={projectId}
              search={search}
              error={data}
              isStale={error.isPlaceholderData}
              parts={parts}
            />
          ) : (
            <MissingError />
          )
        }
      </Result>
    </div>
  )
}

type GroupProps = { projectId: string; search: GroupSearch; error: ErrorDetail; isStale: boolean; parts: ErrorParts }

function Group({ projectId, search, error, isStale, parts: { Cost } }: GroupProps) {
  const navigate = route.useNavigate()
  const pending = usePendingChanges(projectId)
  const { error_group: group } = error
  const triage = pending(group, error.triage)
  const scope = scopeOf(search)
  const show = (next: { [Name in keyof GroupSearch]?: unknown }) =>
    void navigate({ search: parseGroupSearch(next), resetScroll: false })
  const shown = useMemo(() => ({ [GROUP_PARAMETER]: group }), [group])
  return (
    <PieceSearchContext value={shown}>
      <div className={classes.group} data-stale={isStale || undefined}>
        <GroupHead projectId={projectId} error={error} triage={triage} />
        <GroupFigures error={error} />
        <Occurrences
          projectId={projectId}
          search={scope}
          error={error}
          onRange={(range) => show({ ...search, ...withRange(scope, range), period: undefined })}
        />
        <div className={classes.columns}>
          <Stack projectId={projectId} error={error} />
          <div className={classes.aside}>
            <Breakdown error={error} search={search} onShow={show} />
            <GroupCost projectId={projectId} search={scope} error={error} Cost={Cost} />
          </div>
        </div>
        <Affected projectId={projectId} group={group} search={search} onShow={show} />
      </div>
    </PieceSearchContext>
  )
}

function GroupSkeleton() {
  return (
    <>
      <CardSkeleton height={72} />
      <CardSkeleton height={88} />
      <CardSkeleton height={240} />
      <CardSkeleton height={320} />
    </>
  )
}
