// The answer of a piece that brings its own card, or a card with its loading or failed state.
import type { ComponentProps } from 'react'
import { Card } from './Card'
import { Result } from './Result'
import { BlockSkeleton } from './States'

type Props<T> = Omit<ComponentProps<typeof Result<T>>, 'skeleton' | 'isFramed'> & { title: string; height: number }

export function TileResult<T>({ title, height, children, ...asked }: Props<T>) {
  if (asked.question.data !== undefined) return children(asked.question.data)
  return (
    <Card title={title}>
      <Result {...asked} skeleton={<BlockSkeleton height={height} />}>
        {() => null}
      </Result>
    </Card>
  )
}
