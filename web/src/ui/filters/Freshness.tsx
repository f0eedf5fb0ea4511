// How fresh the figures of a page are, and asking for them again.
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { Time } from '../Figures'
import classes from './FilterBar.module.css'

export type Fresh = { updatedAt: number | undefined; isFetching: boolean; onRefresh: () => void }

export function Freshness({ updatedAt, isFetching, onRefresh }: Fresh) {
  return (
    <div className={classes.fresh}>
      {updatedAt !== undefined && <Time at={new Date(updatedAt).toISOString()} prefix="Updated " />}
      <Tooltip label="Refresh">
        <ActionIcon aria-label="Refresh" onClick={onRefresh} data-busy={isFetching || undefined} className={classes.refresh}>
          <IconRefresh size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
