// The chart: a column for each step, its pages as bars, the ways between them as bands, and what ends at each page fading out.
import { useId, useMemo, useState } from 'react'
import { stepName } from './figures'
import classes from './Journeys.module.css'
import { bandPath, layoutOf, type NodeId, type PlacedNode, touches } from './layout'
import { NodeButton, type NodeContext } from './NodeButton'

const SIZES = { whole: 340, label: 38, gap: 10 }

/** Columns in units of the drawing, which is as wide as its place. */
const WIDTH = 1000

export function Sankey({ context }: { context: NodeContext }) {
  const { answer, direction, search } = context
  const [active, setActive] = useState<NodeId | null>(null)
  const layout = useMemo(() => layoutOf(answer, direction, SIZES), [answer, direction])
  const fade = useId()
  const column = WIDTH / layout.columns
  const isOthers = ({ step, index }: NodeId) => answer.steps[step]?.nodes[index]?.path == null
  const isNear = (node: NodeId) =>
    active === null ||
    (active.step === node.step && active.index === node.index) ||
    layout.bands.some((band) => touches(band, active) && touches(band, node))
  const steps = answer.steps.map((_, step) => step)
  return (
    <div className={classes.scroll} role="region" aria-label="Chart of journeys" tabIndex={0}>
      <div className={classes.sankey} data-columns={layout.columns} data-direction={direction}>
        <ol className={classes.heads} aria-hidden>
          {(direction === 'back' ? [...steps].reverse() : steps).map((step) => (
            <li key={step}>{stepName(step, direction, search.start)}</li>
          ))}
        </ol>
        <div className={classes.drawing} style={{ height: layout.height }}>
          <svg
            className={classes.bands}
            viewBox={`0 0 ${WIDTH} ${Math.max(1, layout.height)}`}
            preserveAspectRatio="none"
            aria-hidden
          >
            <defs>
              <linearGradient id={fade} {...(direction === 'back' ? { x1: 1, x2: 0 } : {})}>
                <stop offset="0" className={classes.fadeStart} />
                <stop offset="1" className={classes.fadeEnd} />
              </linearGradient>
            </defs>
            {layout.bands.map((band) => (
              <path
                key={`${band.step} ${band.from} ${band.to}`}
                className={classes.band}
                d={bandPath(band, column)}
                data-state={active === null ? undefined : touches(band, active) ? 'on' : 'off'}
                data-others={
                  isOthers({ step: band.step, index: band.from }) ||
                  isOthers({ step: band.step + 1, index: band.to }) ||
                  undefined
                }
              />
            ))}
            {layout.nodes
              .filter(({ ended }) => ended > 0)
              .map((node) => (
                <Fade
                  key={`${node.step} ${node.index}`}
                  node={node}
                  column={column}
                  fill={`url(#${fade})`}
                  isBack={direction === 'back'}
                />
              ))}
          </svg>
          {steps.map((step) => (
            <ul key={step} className={classes.nodes} aria-label={stepName(step, direction, search.start)}>
              {layout.nodes
                .filter((node) => node.step === step)
                .map((node) => (
                  // The button's own handlers open its tooltip and its menu.
                  <li
                    key={node.index}
                    onMouseEnter={() => setActive(node)}
                    onMouseLeave={() => setActive(null)}
                    onFocus={() => setActive(node)}
                    onBlur={() => setActive(null)}
                  >
                    <NodeButton
                      context={context}
                      node={node}
                      className={classes.node}
                      isDim={!isNear(node)}
                      style={{
                        left: `${(node.column / layout.columns) * 100}%`,
                        top: node.top,
                        width: `calc(${100 / layout.columns}% - 18px)`,
                        height: node.slot,
                      }}
                    >
                      <span className={classes.bar} style={{ height: Math.max(2, node.height) }}>
                        <i style={{ height: node.ended }} />
                      </span>
                    </NodeButton>
                  </li>
                ))}
            </ul>
          ))}
        </div>
      </div>
    </div>
  )
}

/** In units of the drawing. */
const FADE = 26

function Fade({ node, column, fill, isBack }: { node: PlacedNode; column: number; fill: string; isBack: boolean }) {
  const x = node.column * column
  return (
    <rect
      x={isBack ? x - FADE : x}
      y={node.top + node.height - node.ended}
      width={FADE}
      height={node.ended}
      fill={fill}
    />
  )
}
