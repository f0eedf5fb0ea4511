// A heatmap while it is on its way: the page, and the list of its elements.
import { Skeleton } from '@mantine/core'
import { Card } from '../../ui/Card'
import { CardSkeleton, RowsSkeleton } from '../../ui/States'
import classes from './Heatmaps.module.css'

export function LoadingMap() {
  return (
    <div className={classes.layout}>
      <CardSkeleton height={560} />
      <Card title="Elements" flush>
        <Skeleton height={12} width={90} ml={16} mb={8} />
        <RowsSkeleton rows={10} />
      </Card>
    </div>
  )
}
