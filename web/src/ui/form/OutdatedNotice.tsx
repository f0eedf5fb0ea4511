// Says that somebody else saved first, and lets one choose whose version counts.
import { Button } from '@mantine/core'
import classes from './OutdatedNotice.module.css'
import type { VersionedDraft } from './versionedDraft'

type Props = {
  form: Pick<VersionedDraft<unknown>, 'loadTheirs' | 'keepMine'>
  /** "Somebody else saved these settings while you were editing them." */
  children: string
}

export function OutdatedNotice({ form, children }: Props) {
  return (
    <div className={classes.outdated} role="alert">
      <span>{children} Load their version, or keep yours and save it over theirs.</span>
      <span className={classes.choices}>
        <Button variant="default" onClick={() => void form.loadTheirs()}>
          Load theirs
        </Button>
        <Button variant="default" onClick={() => void form.keepMine()}>
          Keep mine
        </Button>
      </span>
    </div>
  )
}
