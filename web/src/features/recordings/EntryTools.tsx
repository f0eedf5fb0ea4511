// What a list of entries shows of all: a choice, a search, and what to read where nothing is left.
import { SegmentedControl } from '@mantine/core'
import { SearchBox } from '../../ui/SearchBox'
import classes from './Entries.module.css'

export type Choice<View extends string> = { view: View; query: string }

type Props<View extends string> = {
  /** "Console lines" */
  what: string
  views: Record<View, string>
  choice: Choice<View>
  onChoice: (choice: Choice<View>) => void
}

export function EntryTools<View extends string>({ what, views, choice, onChoice }: Props<View>) {
  return (
    <div className={classes.tools}>
      <SegmentedControl
        size="xs"
        aria-label={`${what} shown`}
        value={choice.view}
        onChange={(view) => onChoice({ ...choice, view: view as View })}
        data={Object.entries<string>(views).map(([value, label]) => ({ value, label }))}
      />
      <div className={classes.find}>
        <SearchBox
          label={`Search ${what.toLowerCase()}`}
          placeholder="Search"
          value={choice.query}
          onChange={(query) => onChoice({ ...choice, query })}
        />
      </div>
    </div>
  )
}

export function NoneLeft({ query }: { query: string }) {
  return (
    <p className={classes.none}>
      {query.trim() === '' ? 'None in this recording.' : `Nothing matches “${query.trim()}”.`}
    </p>
  )
}
