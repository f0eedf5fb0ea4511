// The pages of a session in one line: all of a few, else the entry, how many more, and the exit.
import { IconArrowRight } from '@tabler/icons-react'
import { Fragment } from 'react'
import type { Session } from './api'
import { shortPath, stripOf } from './model'
import classes from './Sessions.module.css'

export function PathStrip({ session }: { session: Session }) {
  const { before, hidden, isMore, last } = stripOf(session)
  if (last === null) return <span className={classes.muted}>No pages</span>
  return (
    <span className={classes.strip}>
      {before.map((path, index) => (
        <Fragment key={index}>
          <span className={classes.page} title={path}>
            {shortPath(path)}
          </span>
          <Arrow />
        </Fragment>
      ))}
      {hidden.length > 0 && (
        <>
          <span className={classes.hidden} title={[...hidden, ...(isMore ? ['and more'] : [])].join('\n')}>
            +{hidden.length}
            {isMore && '…'}
          </span>
          <Arrow />
        </>
      )}
      <span className={classes.page} title={last} data-last>
        {shortPath(last)}
      </span>
    </span>
  )
}

function Arrow() {
  return <IconArrowRight size={12} className={classes.arrow} aria-hidden />
}
