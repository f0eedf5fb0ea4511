// Which map is shown: the page, what is counted, how wide the screens are, and the snapshot under it.
import { Select, Switch } from '@mantine/core'
import { useState } from 'react'
import { exactNumber, shortNumber } from '../../lib/format'
import { absoluteTime } from '../../lib/time'
import { useMissingComparison } from '../../ui/comparison'
import { Help } from '../../ui/Help'
import type { WidthClass } from './api'
import classes from './Heatmaps.module.css'
import {
  ALL_WIDTHS,
  type HeatmapSearch,
  LAYER_HELP,
  LAYER_LABELS,
  LAYERS,
  type Layer,
  WIDTHS,
  type Width,
  widthLabel,
  withChange,
  withLayer,
  withPage,
  withShot,
  withWidth,
} from './model'
import { type Shot, shotKey, shownShot, viewportText } from './shots'

type Props = {
  search: HeatmapSearch
  path: string
  pages: readonly { path: string; views: number }[]
  layer: Layer
  width: Width | undefined
  widths: readonly WidthClass[] | undefined
  /** Undefined while they are not known, and where the role may not see them. */
  shots: readonly Shot[] | undefined
  onChange: (next: (search: HeatmapSearch) => HeatmapSearch) => void
}

export function Controls({ search, path, pages, layer, width, widths, shots, onChange }: Props) {
  const missing = useMissingComparison()
  const shown = shownShot(shots ?? [], search.shot)
  return (
    <section className={classes.controls} aria-label="What the map shows">
      <div className={classes.row}>
        <PageSelect path={path} pages={pages} onChoose={(chosen) => onChange((latest) => withPage(latest, chosen))} />
        {shots && shown && (
          <Select
            className={classes.shot}
            size="xs"
            label="Snapshot"
            allowDeselect={false}
            maxDropdownHeight={320}
            comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
            data={shots.map((shot, index) => ({
              value: shotKey(shot),
              label: `${absoluteTime(shot.at)}${viewportText(shot) && `, ${viewportText(shot)}`}${index === 0 ? ' (latest)' : ''}`,
            }))}
            value={shotKey(shown)}
            onChange={(key) =>
              onChange((latest) =>
                withShot(latest, key === null || key === (shots[0] && shotKey(shots[0])) ? undefined : key),
              )
            }
          />
        )}
        {layer !== 'scroll' && (
          <span className={classes.switch}>
            <Switch
              size="xs"
              label="Colour by change"
              checked={search.change === true && missing === null}
              disabled={missing !== null}
              onChange={(event) => onChange((latest) => withChange(latest, event.target.checked))}
            />
            <Help
              about="Colour by change"
              text={
                missing ??
                'Colours each element by how its events changed from the period before: orange for more, blue for fewer.'
              }
            />
          </span>
        )}
      </div>
      <Pills label="Layer">
        {LAYERS.map((name) => (
          <button
            key={name}
            type="button"
            className={classes.pill}
            aria-pressed={name === layer}
            title={LAYER_HELP[name]}
            onClick={() => onChange((latest) => withLayer(latest, name))}
          >
            {LAYER_LABELS[name]}
          </button>
        ))}
      </Pills>
      <Pills label="Screen width">
        <button
          type="button"
          className={classes.pill}
          aria-pressed={width === ALL_WIDTHS}
          title="Also page views and clicks whose screen width is not known"
          onClick={() => onChange((latest) => withWidth(latest, ALL_WIDTHS))}
        >
          All widths
        </button>
        {WIDTHS.map((from) => {
          const known = widths?.find((entry) => entry.from === from)
          const next = WIDTHS[WIDTHS.indexOf(from) + 1]
          const views = known ? `${exactNumber(known.page_views)} page views` : undefined
          return (
            <button
              key={from}
              type="button"
              className={classes.pill}
              aria-pressed={from === width}
              title={views}
              onClick={() => onChange((latest) => withWidth(latest, from))}
            >
              {widthLabel(from, next === undefined ? null : next - 1)}
              {known && <small aria-label={views}>{shortNumber(known.page_views)}</small>}
            </button>
          )
        })}
      </Pills>
    </section>
  )
}

function Pills({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={classes.pills} role="group" aria-label={label}>
      {children}
    </div>
  )
}

/** A page that is not among the most viewed can be typed. */
function PageSelect({
  path,
  pages,
  onChoose,
}: {
  path: string
  pages: Props['pages']
  onChoose: (path: string) => void
}) {
  const [typed, setTyped] = useState('')
  const views = new Map(pages.map((page) => [page.path, page.views]))
  const own = typed.trim()
  const more = [path, ...(own.startsWith('/') ? [own] : [])].filter((name) => !views.has(name))
  const options = [...new Set([...more, ...views.keys()])]
  return (
    <Select
      className={classes.pageSelect}
      size="xs"
      label="Page"
      searchable
      allowDeselect={false}
      nothingFoundMessage="No page of this period. Type a whole path, such as /checkout."
      limit={100}
      maxDropdownHeight={320}
      data={options}
      value={path}
      onSearchChange={setTyped}
      onChange={(chosen) => chosen !== null && onChoose(chosen)}
      renderOption={({ option }) => {
        const count = views.get(option.value)
        return (
          <span className={classes.pageOption}>
            <span>{option.label}</span>
            {count !== undefined && <small>{shortNumber(count)} views</small>}
          </span>
        )
      }}
    />
  )
}
