// The mark and name of the product.
import classes from './Logo.module.css'

export function Logo({ isMarkOnly = false }: { isMarkOnly?: boolean }) {
  return (
    <span className={classes.logo}>
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="7" className={classes.plate} />
        <path d="M8 22V17M13.3 22V11M18.7 22V14M24 22V8" className={classes.bars} />
      </svg>
      {!isMarkOnly && <span>Footfall</span>}
    </span>
  )
}
