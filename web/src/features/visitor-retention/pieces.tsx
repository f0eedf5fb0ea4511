// The figures, cohorts and curve of retention as pieces of boards.
import { IconArrowsDiff, IconRepeat } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Breakdown } from '../../lib/breakdowns'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { retentionQuery, type VisitorRetention } from './api'
import { CohortsCard } from './CohortsCard'
import { Compared } from './Compared'
import { ComparisonCard } from './Comparison'
import { CurveCard } from './CurveCard'
import type { Group } from './comparison'
import { visitorsOf } from './figures'
import { GroupCurves, GroupTable } from './Groups'
import { breakdownIn } from './groups'
import { Headlines } from './Headlines'
import { parseRetentionSearch, type RetentionSearch, type Unit, unitIn, withOpen } from './model'

type AnswerProps = Omit<PieceProps, 'onShow'> & {
  title: string
  children: (answer: VisitorRetention, unit: Unit) => ReactNode
}

function Answer({ projectId, search: raw, title, children }: AnswerProps) {
  const retention = useQuery(retentionQuery(projectId, parseRetentionSearch(raw)))
  return (
    <TileResult title={title} what="Retention" question={retention} height={220}>
      {(answer) =>
        visitorsOf(answer) === 0 && !retention.isPlaceholderData ? (
          <Card title={title}>
            <Empty title="No new visitors in this period" />
          </Card>
        ) : (
          children(answer, unitIn(answer))
        )
      }
    </TileResult>
  )
}

type GroupedProps = PieceProps & { title: string; children: (grouped: Grouped) => ReactNode }
type Grouped = { answer: VisitorRetention; unit: Unit; by: Breakdown; search: RetentionSearch }

/** Groups of all visitors: a card that keeps one value has none. */
function InGroups({ title, children, ...props }: GroupedProps) {
  const { value: _value, ...search } = parseRetentionSearch(props.search)
  if (search.by === undefined)
    return (
      <Card title={title}>
        <Empty icon={IconRepeat} title="Choose the groups first">
          Open Retention, choose “Group by”, and add the answer to this board.
        </Empty>
      </Card>
    )
  return (
    <Answer {...props} search={search} title={title}>
      {(answer, unit) => {
        const by = breakdownIn(answer)
        return by && children({ answer, unit, by, search })
      }}
    </Answer>
  )
}

type ComparedProps = PieceProps & { title: string; children: (compared: TwoGroups) => ReactNode }
type TwoGroups = { answer: VisitorRetention; unit: Unit; groups: [Group, Group]; search: RetentionSearch }

function OfTwo({ title, children, ...props }: ComparedProps) {
  const search = parseRetentionSearch(props.search)
  if (search.compare === undefined)
    return (
      <Card title={title}>
        <Empty icon={IconArrowsDiff} title="Choose what is compared first">
          Open Retention, choose “Compare”, and add the answer to this board.
        </Empty>
      </Card>
    )
  return (
    <Answer {...props} title={title}>
      {(answer, unit) => (
        <Compared projectId={props.projectId} search={search} answer={answer}>
          {(groups) => children({ answer, unit, groups, search })}
        </Compared>
      )}
    </Answer>
  )
}

export const PIECES: Piece[] = [
  {
    id: 'retention.figures',
    title: 'Visitors who come back',
    kind: 'figure',
    width: 4,
    component: (props) => (
      <Answer {...props} title="Key figures">
        {(answer, unit) => <Headlines answer={answer} unit={unit} />}
      </Answer>
    ),
  },
  {
    id: 'retention.cohorts',
    title: 'Cohorts',
    kind: 'table',
    width: 4,
    component: (props) => {
      const search = parseRetentionSearch(props.search)
      return (
        <Answer {...props} title="Cohorts">
          {(answer) => (
            <CohortsCard answer={answer} search={search} onOpen={(key) => props.onShow(withOpen(search, key))} />
          )}
        </Answer>
      )
    },
  },
  {
    id: 'retention.curve',
    title: 'Retention curve',
    kind: 'chart',
    width: 2,
    component: (props) => (
      <Answer {...props} title="Curve">
        {(answer, unit) => <CurveCard answer={answer} unit={unit} groups={null} />}
      </Answer>
    ),
  },
  {
    id: 'retention.groups',
    title: 'Groups of visitors',
    kind: 'table',
    width: 4,
    needs: 'groups of visitors',
    component: (props) => (
      <InGroups {...props} title="Groups of visitors">
        {(grouped) => <GroupTable {...grouped} onShow={(next) => props.onShow(next(grouped.search))} />}
      </InGroups>
    ),
  },
  {
    id: 'retention.group-curves',
    title: 'Curves of groups',
    kind: 'chart',
    width: 2,
    needs: 'groups of visitors',
    component: (props) => (
      <InGroups {...props} title="Curves of groups">
        {({ answer, unit, by }) => <GroupCurves answer={answer} unit={unit} by={by} />}
      </InGroups>
    ),
  },
  {
    id: 'retention.comparison',
    title: 'Comparison of two groups',
    kind: 'table',
    width: 2,
    needs: 'two groups to compare',
    component: (props) => (
      <OfTwo {...props} title="Comparison">
        {({ search, ...compared }) => <ComparisonCard {...compared} isSegments={search.compare !== 'cohort'} />}
      </OfTwo>
    ),
  },
  {
    id: 'retention.compared-curves',
    title: 'Curves of two groups',
    kind: 'chart',
    width: 2,
    needs: 'two groups to compare',
    component: (props) => (
      <OfTwo {...props} title="Curves of two groups">
        {({ answer, unit, groups }) => <CurveCard answer={answer} unit={unit} groups={groups} />}
      </OfTwo>
    ),
  },
]
