// The empty list of sessions: the step that brings the first one, or a way to see more of them.
import { Button } from '@mantine/core'
import { IconFootsteps, IconSearchOff } from '@tabler/icons-react'
import { activeFilters } from '../../lib/analysis'
import { NoDataActions } from '../../ui/NoDataActions'
import { Empty } from '../../ui/States'
import { hasFilters, type SessionsSearch, withoutAllFilters } from './model'

type Props = { projectId: string; search: SessionsSearch; onShow: (search: SessionsSearch) => void }

export function NoSessions({ projectId, search, onShow }: Props) {
  if (hasFilters(search) || activeFilters(search).length > 0) {
    return (
      <Empty
        icon={IconSearchOff}
        title="No sessions found"
        action={
          <Button variant="default" onClick={() => onShow(withoutAllFilters(search))}>
            Remove filters
          </Button>
        }
      >
        No session in this period matches all filters. Values must match exactly.
      </Empty>
    )
  }
  return (
    <Empty
      icon={IconFootsteps}
      title="No sessions in this period"
      action={<NoDataActions projectId={projectId} onLonger={() => onShow({ period: '90d' })} />}
    >
      Each visit appears here within two seconds of its first event: the pages, what went wrong, and the recording. To
      send events, add one line of code to your pages.
    </Empty>
  )
}
