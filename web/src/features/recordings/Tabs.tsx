// Tabs over one panel; left and right go from tab to tab.
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { exactNumber } from '../../lib/format'
import { Help } from '../../ui/Help'
import classes from './Tabs.module.css'

export type Tab<Name extends string> = {
  name: Name
  label: string
  help: string
  count: number
  /** How many of them are failures. */
  failed: number
  panel: ReactNode
}

type Props<Name extends string> = {
  label: string
  tabs: Tab<Name>[]
  shown: Name
  onShow: (name: Name) => void
}

export function Tabs<Name extends string>({ label, tabs, shown, onShow }: Props<Name>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const open = tabs.find(({ name }) => name === shown)

  function onKeyDown(event: KeyboardEvent) {
    const at = tabs.findIndex(({ name }) => name === shown)
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (next === undefined || event.shiftKey) return
    // Without it the player would step, too.
    event.preventDefault()
    const tab = tabs[(next + tabs.length) % tabs.length]
    if (!tab) return
    onShow(tab.name)
    list.current?.querySelector<HTMLElement>(`[data-name="${tab.name}"]`)?.focus()
  }

  return (
    <section className={classes.box} aria-label={label}>
      <div className={classes.head}>
        <div ref={list} className={classes.tabs} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
          {tabs.map(({ name, label: title, count, failed }) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`${id}-${name}`}
              className={classes.tab}
              data-name={name}
              data-none={count === 0 || undefined}
              aria-selected={name === shown}
              aria-controls={`${id}-panel`}
              tabIndex={name === shown ? 0 : -1}
              onClick={() => onShow(name)}
            >
              {title}
              {count > 0 && (
                <span
                  className={classes.count}
                  data-failed={failed > 0 || undefined}
                  title={failed > 0 ? `${exactNumber(failed)} of them failed` : undefined}
                >
                  {exactNumber(count)}
                </span>
              )}
            </button>
          ))}
        </div>
        {open && <Help text={open.help} about={open.label} />}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${shown}`} className={classes.panel}>
        {open?.panel}
      </div>
    </section>
  )
}
