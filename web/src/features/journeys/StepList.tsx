// Journeys on a small screen: the steps one under the other, each with its pages as bars.
import { stepName } from './figures'
import classes from './Journeys.module.css'
import { NodeButton, type NodeContext } from './NodeButton'

export function StepList({ context }: { context: NodeContext }) {
  const { answer, direction, search } = context
  const whole = Math.max(1, answer.sessions)
  return (
    <ol className={classes.steps}>
      {answer.steps.map(({ nodes }, step) => (
        <li key={step}>
          <h3>{stepName(step, direction, search.start)}</h3>
          <ul>
            {nodes.map((node, index) => (
              <li key={index}>
                <NodeButton context={context} node={{ step, index }} className={classes.row}>
                  <span className={classes.fill} style={{ width: `${(node.sessions / whole) * 100}%` }} />
                </NodeButton>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
