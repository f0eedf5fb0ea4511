// How fresh the figures of a page are, and asking for them again.
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { Time } from '../Figures'
import { toastFailed } from '../toast'
import classes from './FilterBar.module.css'

/** `onRefresh` answers what failed. */
export type Fresh = {
  updatedAt: number | undefined
  isFetching: boolean
  onRefresh: () => Promise<{ what: string; error: Error } | null>
}

export function Freshness({ updatedAt, isFetching, onRefresh }: Fresh) {
  async function refresh() {
    const failure = await onRefresh()
    if (failure) toastFailed(`Not refreshed: ${failure.what}`, failure.error)
  }
  return (
    <div className={classes.fresh}>
      {updatedAt !== undefined && <Time at={new Date(updatedAt).toISOString()} prefix="Updated " />}
      <Tooltip label="Refresh">
        <ActionIcon
          aria-label="Refresh"
          onClick={() => void refresh()}
          data-busy={isFetching || undefined}
          className={classes.refresh}
        >
          <IconRefresh size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
