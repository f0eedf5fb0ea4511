// The parts of a page, of which one is shown; on small screens the row scrolls.
import { SegmentedControl } from '@mantine/core'
import classes from './PageTabs.module.css'

type Props<T extends string> = {
  label: string
  value: T
  tabs: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

export function PageTabs<T extends string>({ label, value, tabs, onChange }: Props<T>) {
  return (
    <div className={classes.tabs}>
      <SegmentedControl
        size="xs"
        aria-label={label}
        value={value}
        data={[...tabs]}
        onChange={(chosen) => {
          const tab = tabs.find((entry) => entry.value === chosen)
          if (tab) onChange(tab.value)
        }}
      />
    </div>
  )
}
