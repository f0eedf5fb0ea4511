// Placeholders for data: empty with the next step, failed with a retry, loading in the final shape.
import { Button, Skeleton } from '@mantine/core'
import { type Icon, IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './States.module.css'

export function Empty({
  icon: Glyph,
  title,
  children,
  action,
}: {
  icon?: Icon
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={classes.state}>
      {Glyph && <Glyph size={24} stroke={1.5} className={classes.icon} aria-hidden />}
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}

export type FailureInfo = { title: string; detail: string; requestId: string | undefined }

/** Names what failed, and that no data is lost: reading never endangers it. */
export function Failure({ what, problem, onRetry }: { what: string; problem: FailureInfo; onRetry?: () => void }) {
  return (
    <div className={classes.state} role="alert">
      <IconAlertTriangle size={24} stroke={1.5} className={classes.bad} aria-hidden />
      <p className={classes.title}>{what} could not be loaded</p>
      <div className={classes.text}>
        {problem.title}. {problem.detail} Your data is safe.
        {problem.requestId && (
          <div className={classes.request}>
            Request id <code>{problem.requestId}</code>
          </div>
        )}
      </div>
      {onRetry && (
        <div className={classes.action}>
          <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  )
}

export function RowsSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className={classes.rows} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={classes.row}>
          <Skeleton height={12} width={`${38 + ((index * 17) % 30)}%`} />
          <Skeleton height={12} width={56} />
        </div>
      ))}
    </div>
  )
}

/** A card whose content is still on its way. */
export function CardSkeleton({ height }: { height: number }) {
  return (
    <div className={classes.cardSkeleton} role="status" aria-label="Loading">
      <Skeleton height={14} width={120} mb={16} />
      <Skeleton height={height} />
    </div>
  )
}

export function BlockSkeleton({ height }: { height: number }) {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton height={height} />
    </div>
  )
}
