// The tariff: what calls cost, with an example that follows the typing.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { closedMonthsQuery, tariffQuery } from './api'
import classes from './Billing.module.css'
import { TariffExample } from './TariffExample'
import { TariffForm } from './TariffForm'
import { type Tariff, tariffSentence } from './tariff'

const FIRST: Tariff = {
  currency: 'USD',
  price_minor: 10,
  basis: 'talk_time',
  rounding: 'per_started_minute',
  free_seconds: 0,
}

export function TariffTab({ projectId }: { projectId: string }) {
  const { may } = useRole(projectId)
  const tariff = useQuery(tariffQuery(projectId))
  const closed = useQuery(closedMonthsQuery(projectId))
  return (
    <Result isFramed what="The tariff" question={tariff} skeleton={<CardSkeleton height={300} />}>
      {(saved) =>
        may('admin') ? (
          <Editor
            key={JSON.stringify(saved)}
            projectId={projectId}
            saved={saved}
            closedMonth={closed.data?.[0]?.month}
          />
        ) : (
          <div className={classes.halves}>
            <Card title="Tariff">
              {saved ? (
                <p className={classes.note}>
                  <b>{tariffSentence(saved)}</b>. Only owners and admins can change it.
                </p>
              ) : (
                <Empty title="No tariff yet">
                  Calls are counted without an amount. Ask an owner or admin to set a tariff.
                </Empty>
              )}
            </Card>
            {saved && <TariffExample tariff={saved} />}
          </div>
        )
      }
    </Result>
  )
}

function Editor({
  projectId,
  saved,
  closedMonth,
}: {
  projectId: string
  saved: Tariff | null
  closedMonth: string | undefined
}) {
  const [draft, setDraft] = useState<Tariff>(saved ?? FIRST)
  return (
    <div className={classes.halves}>
      <TariffForm projectId={projectId} saved={saved} draft={draft} closedMonth={closedMonth} onChange={setDraft} />
      <TariffExample tariff={draft} />
    </div>
  )
}
