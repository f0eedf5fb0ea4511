// The visits that gave up at a field, each leading to its session.
import { IconFootsteps } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRole } from '../../api/useRole'
import { type AnalysisSearch, withFilter } from '../../lib/analysis'
import { duration, exactNumber, plural } from '../../lib/format'
import { type Column, DataTable } from '../../ui/DataTable'
import { Time } from '../../ui/Figures'
import { LinkButton } from '../../ui/LinkButton'
import { NeedsRole } from '../../ui/NeedsRole'
import { PersonLink } from '../../ui/PersonLink'
import { Result } from '../../ui/Result'
import { SessionLink } from '../../ui/SessionLink'
import { PanelSection, SidePanel } from '../../ui/SidePanel'
import { Empty, RowsSkeleton } from '../../ui/States'
import { abandonmentsQuery } from './api'
import classes from './Forms.module.css'
import type { FormAbandonment, FormAbandonmentList, FormFigures } from './figures'
import { Name } from './Name'

const COLUMNS: Column<FormAbandonment>[] = [
  { key: 'when', header: 'Began', cell: ({ started_at }) => <Time at={started_at} /> },
  {
    key: 'session',
    header: 'Session',
    cell: ({ session_id: id }) => (id ? <SessionLink sessionId={id} isShort /> : '–'),
  },
  {
    key: 'person',
    header: 'Person',
    cell: ({ user_id: id }) => (id ? <PersonLink personId={id}>{id}</PersonLink> : '–'),
    isKnown: ({ user_id: id }) => id != null,
  },
  { key: 'time', header: 'Time in form', align: 'right', cell: ({ duration_ms }) => duration(duration_ms) },
]

type Props = { projectId: string; search: AnalysisSearch; form: FormFigures; field: string; onClose: () => void }

export function AbandonmentPanel({ projectId, search, form, field, onClose }: Props) {
  const { role, may } = useRole(projectId)
  const isReader = role === undefined || may('analyst')
  const found = useQuery({
    ...abandonmentsQuery(projectId, search, { path: form.path, form: form.form, field }),
    enabled: may('analyst'),
  })
  return (
    <SidePanel
      label={`Visits that gave up at ${field}`}
      title={
        <h2 className={classes.panelTitle} title={field}>
          Gave up at {field}
        </h2>
      }
      onClose={onClose}
    >
      {isReader ? (
        <Result what="The visits" question={found} skeleton={<RowsSkeleton rows={8} />}>
          {(answer) => <Visits projectId={projectId} search={search} form={form} answer={answer} />}
        </Result>
      ) : (
        <NeedsRole what="Visits" needed="analyst" role={role} />
      )}
    </SidePanel>
  )
}

type VisitsProps = Pick<Props, 'projectId' | 'search' | 'form'> & { answer: FormAbandonmentList }

function Visits({ projectId, search, form, answer: { abandonments, total } }: VisitsProps) {
  if (abandonments.length === 0)
    return (
      <Empty icon={IconFootsteps} title="No visits to show">
        Nobody gave up here any more, or what they did has been erased.
      </Empty>
    )
  const more = total - abandonments.length
  return (
    <>
      <p className={classes.about}>
        {plural(total, 'visit')} of <Name name={form.form} isStrong /> touched this field last and did not submit.
      </p>
      <PanelSection
        title={more > 0 ? `Latest ${exactNumber(abandonments.length)} of ${exactNumber(total)}` : 'Latest first'}
      >
        <DataTable
          label="Visits that gave up"
          columns={COLUMNS}
          rows={abandonments}
          rowKey={({ session_id, started_at }) => `${session_id} ${started_at}`}
          isCompact
        />
        {more > 0 && <p className={classes.rest}>and {exactNumber(more)} more</p>}
        <LinkButton
          className={classes.onward ?? ''}
          variant="default"
          size="xs"
          to="/p/$projectId/sessions"
          params={{ projectId }}
          search={withFilter(search, 'path', form.path)}
        >
          See all sessions on this page
        </LinkButton>
      </PanelSection>
    </>
  )
}
