// A page's path or an element's selector, on one line, whole on hover.
import classes from './Path.module.css'

export function Path({ path }: { path: string }) {
  return (
    <span className={classes.path} title={path}>
      {path}
    </span>
  )
}

export function Selector({ selector }: { selector: string }) {
  return (
    <code className={classes.selector} title={selector}>
      {selector}
    </code>
  )
}
