// The pages of a session in order, with the time on each; one leads to its part of the timeline.
import { Button, Skeleton } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { duration, plural } from '../../lib/format'
import { Card } from '../../ui/Card'
import classes from './Session.module.css'
import { clockText, type PageVisit } from './timeline'

const SHOWN = 24

export function VisitStrip({
  visits,
  startMs,
  isPending,
}: {
  visits: PageVisit[]
  startMs: number
  isPending: boolean
}) {
  const [isAll, setAll] = useState(false)
  const pages = visits.filter(({ path }) => path !== null)
  const shown = isAll ? pages : pages.slice(0, SHOWN)
  if (!isPending && pages.length === 0) return null
  return (
    <Card
      title="Pages visited"
      help="The time on a page ends with the next page, or with the last event."
      note={isPending ? undefined : plural(pages.length, 'page')}
    >
      {isPending ? (
        <Skeleton height={44} role="status" aria-label="Loading" />
      ) : (
        <ol className={classes.visits}>
          {shown.map(({ key, path, startMs: at, lengthMs }, index) => (
            <Fragment key={key}>
              <li>
                <a
                  href={`#page-${key}`}
                  className={classes.visit}
                  title={`${path}\n${clockText(at - startMs)} after the start`}
                  onClick={(event) => jump(event, key)}
                >
                  <span>{path}</span>
                  <small>{lengthMs === null ? '–' : duration(lengthMs)}</small>
                </a>
              </li>
              {index < shown.length - 1 && (
                <li aria-hidden className={classes.arrow}>
                  <IconArrowRight size={13} />
                </li>
              )}
            </Fragment>
          ))}
          {pages.length > SHOWN && !isAll && (
            <li>
              <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
                Show {pages.length - SHOWN} more
              </Button>
            </li>
          )}
        </ol>
      )}
    </Card>
  )
}

/** Without an entry in the history: the address is that of the session. */
function jump(event: { preventDefault: () => void }, key: string) {
  event.preventDefault()
  document.getElementById(`page-${key}`)?.scrollIntoView({ block: 'start' })
}
