// Lead scores: which customers are most promising and why, and what their actions are worth.
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { PageTabs } from '../../../ui/PageTabs'
import { TABS, type Tab } from './model'
import { ScoreList } from './ScoreList'
import { ScorePanel } from './ScorePanel'
import classes from './Scores.module.css'
import { WeightsTab } from './WeightsTab'

const route = getRouteApi('/p/$projectId/lead-scores')

export function ScoresPage() {
  const { projectId } = route.useParams()
  const { tab, open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: Tab) => void navigate({ search: next === 'weights' ? { tab: next } : {} })
  const close = useCallback(() => void navigate({ search: {}, resetScroll: false }), [navigate])
  return (
    <div className={classes.page}>
      <PageTabs label="Lead scores" value={tab ?? 'scores'} tabs={TABS} onChange={show} />
      {tab === 'weights' ? (
        <WeightsTab projectId={projectId} />
      ) : (
        <>
          <ScoreList
            projectId={projectId}
            openId={open}
            onOpen={(id) => void navigate({ search: { open: id }, resetScroll: false, replace: open !== undefined })}
          />
          {open !== undefined && <ScorePanel key={open} projectId={projectId} userId={open} onClose={close} />}
        </>
      )}
    </div>
  )
}
