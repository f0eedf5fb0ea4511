// A name of a form or a field, which senders choose: on one line, whole on hover.
import classes from './Forms.module.css'

export function Name({ name, isStrong = false }: { name: string; isStrong?: boolean }) {
  return (
    <span className={classes.name} data-strong={isStrong || undefined} title={name}>
      {name}
    </span>
  )
}
