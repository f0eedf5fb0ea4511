// The answer while it is on its way: the share, and a bar for each step.
import { Skeleton } from '@mantine/core'
import { Card } from '../../ui/Card'
import classes from './Funnels.module.css'

export function AnswerSkeleton({ count }: { count: number }) {
  return (
    <Card title="Conversion">
      <div role="status" aria-label="Loading">
        <Skeleton height={32} width={260} mb={20} />
        {Array.from({ length: count }, (_, index) => (
          <div key={index} className={classes.step}>
            <Skeleton height={14} width={140} />
            <Skeleton height={18} width={`${100 * 0.7 ** index}%`} />
            <Skeleton height={12} width={220} />
          </div>
        ))}
      </div>
    </Card>
  )
}
