// The answer of a saved question as a piece of boards; the search names the question.
import { IconDatabaseSearch } from '@tabler/icons-react'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { questionKey } from '../../api/keys'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { type Request, runStatement, savedQuestionQuery } from './api'
import { LiveAnswer } from './LiveAnswer'
import { chosenChart, DEFAULT_LIMIT, parseSqlSearch, type SavedQuestion, type SqlSearch, withChart } from './model'
import { fieldsOf, sentOf } from './parameters'

const TITLE = 'Saved question'

/** It is asked again by Refresh, and not with every event. */
const answerQuery = (projectId: string, request: Request) =>
  queryOptions({
    queryKey: questionKey(projectId, 'sql', {}, request),
    queryFn: ({ signal }) => runStatement(projectId, request, signal),
    placeholderData: keepPreviousData,
    meta: { isStill: true },
    staleTime: 60_000,
  })

function QuestionPiece(props: PieceProps) {
  const search = parseSqlSearch(props.search)
  const saved = useQuery({ ...savedQuestionQuery(props.projectId, search.q ?? ''), enabled: search.q !== undefined })
  if (search.q === undefined)
    return (
      <Card title={TITLE}>
        <Empty icon={IconDatabaseSearch} title="Choose a question first">
          Open SQL, save your question, and add its answer to this board.
        </Empty>
      </Card>
    )
  return (
    <TileResult title={TITLE} what="The question" question={saved} height={264}>
      {(question) => <Answered {...props} question={question} asked={search} />}
    </TileResult>
  )
}

function Answered({ projectId, question, asked, onShow }: PieceProps & { question: SavedQuestion; asked: SqlSearch }) {
  const statement = asked.sql ?? question.statement
  const request: Request = {
    query: statement,
    limit: asked.limit ?? DEFAULT_LIMIT,
    ...sentOf(fieldsOf(statement, question.parameters, asked.p ?? {})),
  }
  const answer = useQuery(answerQuery(projectId, request))
  return (
    <TileResult title={question.name} what="The answer" question={answer} height={264}>
      {(data) => (
        <LiveAnswer
          projectId={projectId}
          title={question.name}
          done={{ answer: data, request }}
          isStale={answer.isPlaceholderData}
          chart={chosenChart(asked, question.chart)}
          onChart={(settings) => onShow(withChart(asked, settings, question.chart))}
        />
      )}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  {
    id: 'sql.question',
    title: TITLE,
    kind: 'chart',
    width: 2,
    needs: 'a saved question',
    component: QuestionPiece,
  },
]
