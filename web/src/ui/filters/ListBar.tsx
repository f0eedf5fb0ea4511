// The bar above a list that has no period: its search, its own filters, and how fresh it is.
import type { ReactNode } from 'react'
import { SearchBox } from '../SearchBox'
import classes from './FilterBar.module.css'
import { type Fresh, Freshness } from './Freshness'

type Props = Fresh & {
  search?: { label: string; placeholder: string; value: string; onChange: (value: string) => void }
  children?: ReactNode
}

export function ListBar({ search, children, ...fresh }: Props) {
  return (
    <div className={classes.bar} role="toolbar" aria-label="Search and filters">
      {search && <SearchBox {...search} />}
      <div className={classes.controls}>{children}</div>
      <Freshness {...fresh} />
    </div>
  )
}
