// Funnels: how many visitors get from one step to the next, where the others are lost, and what they met there.

import { IconFilterExclamation, IconListNumbers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { NeedsRole } from '../../ui/NeedsRole'
import { Result } from '../../ui/Result'
import { Empty } from '../../ui/States'
import { Answer } from './Answer'
import { AnswerSkeleton } from './AnswerSkeleton'
import { funnelQuery } from './api'
import { DroppedPanel } from './DroppedPanel'
import classes from './Funnels.module.css'
import { stepOfError } from './fieldErrors'
import { type FunnelSearch, isAskable, stepsOf, withDropped, withOption, withSteps } from './model'
import { Options } from './Options'
import { Start } from './Start'
import { StepEditor } from './StepEditor'

const route = getRouteApi('/p/$projectId/analysis/funnels')

export function FunnelsPage() {
  const { projectId } = route.useParams()
  const { role, may } = useRole(projectId)
  if (role !== undefined && !may('analyst')) {
    return (
      <Card title="Funnels">
        <NeedsRole what="Funnels" needed="analyst" role={role} />
      </Card>
    )
  }
  return <Funnel projectId={projectId} />
}

function Funnel({ projectId }: { projectId: string }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const funnel = useQuery({ ...funnelQuery(projectId, search), enabled: isAskable(search) })
  // Always from the latest address: a field that is left and a button that is pressed change it one after the other.
  const change = useCallback(
    (next: (search: FunnelSearch) => FunnelSearch) =>
      void navigate({ search: (latest) => next(latest), resetScroll: false }),
    [navigate],
  )
  const close = useCallback(() => change((latest) => withDropped(latest, undefined)), [change])
  const steps = stepsOf(search)
  const wrong = stepOfError(funnel.error)
  if (steps.length === 0)
    return (
      <Start
        projectId={projectId}
        search={search}
        onChoose={(chosen) => change((latest) => withSteps(latest, chosen))}
      />
    )
  return (
    <div className={classes.page}>
      <StepEditor
        projectId={projectId}
        search={search}
        steps={steps}
        error={funnel.error}
        onChange={(edit) => change((latest) => withSteps(latest, edit(stepsOf(latest))))}
        onClear={() => change(({ steps: _steps, dropped: _dropped, ...rest }) => rest)}
      >
        <Options search={search} onChange={(option) => change((latest) => withOption(latest, option))} />
      </StepEditor>
      {!isAskable(search) ? (
        <Card title="Conversion">
          <Empty icon={IconListNumbers} title="Fill in every step">
            Say what each step is. The figures appear when all of them are filled in.
          </Empty>
        </Card>
      ) : wrong !== undefined ? (
        <Card title="Conversion">
          <Empty icon={IconFilterExclamation} title={`Step ${wrong + 1} needs a correction`}>
            The message under that step says what is wrong.
          </Empty>
        </Card>
      ) : (
        <Result what="The funnel" question={funnel} skeleton={<AnswerSkeleton count={steps.length} />} isFramed>
          {(answer) => (
            <Answer
              answer={answer}
              search={search}
              isStale={funnel.isPlaceholderData}
              onDropped={(step) => change((latest) => withDropped(latest, latest.dropped === step ? undefined : step))}
              onLonger={() => change(({ from: _from, to: _to, ...rest }) => ({ ...rest, period: '90d' }))}
            />
          )}
        </Result>
      )}
      {search.dropped !== undefined && isAskable(search) && (
        <DroppedPanel
          key={search.dropped}
          projectId={projectId}
          search={search}
          step={search.dropped}
          onClose={close}
        />
      )}
    </div>
  )
}
