// The foot of a list read page by page: how many are shown of how many, and the next page.
import { Button } from '@mantine/core'
import { exactNumber } from '../lib/format'
import classes from './LoadMore.module.css'
import { useTile } from './tile'

type Props = {
  shown: number
  total?: number | undefined
  what: string /** What one of them is called. */
  one?: string
  hasMore: boolean
  isLoading: boolean
  onMore: () => void
}

export function LoadMore({ shown, total, what, one = what, hasMore, isLoading, onMore }: Props) {
  // A tile shows the first rows; its page has the others.
  if (useTile()) return null
  const count = total === undefined ? exactNumber(shown) : `${exactNumber(shown)} of ${exactNumber(total)}`
  return (
    <footer className={classes.foot}>
      <span>
        {count} {(total ?? shown) === 1 ? one : what}
      </span>
      {hasMore && (
        <Button variant="default" size="compact-sm" loading={isLoading} onClick={onMore}>
          Show more
        </Button>
      )}
    </footer>
  )
}
