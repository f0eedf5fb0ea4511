// Since when an entry has been there, and until when: in all that is stored, with the releases that came just before and after.
import { useQuery } from '@tanstack/react-query'
import { type Annotation, annotationsQuery } from '../../api/annotations'
import type { FrictionItem } from '../../api/types'
import { frictionKey } from '../../lib/frictionItem'
import { Time, useNow } from '../../ui/Figures'
import { everQuery } from './api'
import classes from './Friction.module.css'
import { isNarrow, itemFilter } from './model'
import { releaseAfter, releaseBefore } from './story'

type Props = { projectId: string; item: FrictionItem }

const EVER = { period: '90d' } as const

/** When it was first seen; in the period alone until more is known. */
export function FirstSeen({ projectId, item }: Props) {
  const ever = useQuery({ ...everQuery(projectId, { ...EVER, ...itemFilter(item) }), enabled: isNarrow(item) })
  const notes = useQuery(annotationsQuery(projectId, EVER)).data?.annotations ?? []
  const at = ever.data?.items.find((one) => frictionKey(one) === frictionKey(item))?.first_seen ?? item.first_seen
  return <Seen at={at} word="after" release={releaseBefore(at, notes)} />
}

export function LastSeen({ projectId, item }: Props) {
  const notes = useQuery(annotationsQuery(projectId, EVER)).data?.annotations ?? []
  const now = useNow(60_000)
  return <Seen at={item.last_seen} word="before" release={releaseAfter(item.last_seen, notes, now)} />
}

function Seen({ at, word, release }: { at: string; word: string; release: Annotation | undefined }) {
  return (
    <>
      <Time at={at} />
      {release && (
        <span className={classes.release}>
          {word} “{release.text}”
        </span>
      )}
    </>
  )
}
