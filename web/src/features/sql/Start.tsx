// Before the first answer: what this page does, and statements to begin with.
import { Button } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { Card } from '../../ui/Card'
import { BlockSkeleton, Empty } from '../../ui/States'
import { EXAMPLES } from './examples'
import classes from './Sql.module.css'

type Props = { isEmpty: boolean; isRunning: boolean; onChoose: (statement: string) => void }

export function Start({ isEmpty, isRunning, onChoose }: Props) {
  if (isRunning) {
    return (
      <Card title="Answer">
        <BlockSkeleton height={160} />
      </Card>
    )
  }
  if (!isEmpty) {
    return (
      <Card title="Answer">
        <Empty icon={IconTable} title="Run the statement to see its answer" />
      </Card>
    )
  }
  return (
    <Card title="Begin with an example">
      <p className={classes.muted}>
        Ask anything of your data with SQL. Statements only read, see this project alone, and end after 30 seconds.
      </p>
      <ul className={classes.examples}>
        {EXAMPLES.map(({ title, statement }) => (
          <li key={title}>
            <h3>{title}</h3>
            <pre>{statement}</pre>
            <Button
              variant="default"
              size="compact-xs"
              aria-label={`Use this example: ${title}`}
              onClick={() => onChoose(statement)}
            >
              Use this example
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
