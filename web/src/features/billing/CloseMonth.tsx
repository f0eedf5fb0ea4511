// Closing a month cannot be undone, so its name has to be typed.
import { useQuery } from '@tanstack/react-query'
import { exactNumber } from '../../lib/format'
import { money } from '../../lib/money'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { toastDone } from '../../ui/toast'
import { tariffQuery, useCloseMonth } from './api'
import classes from './Billing.module.css'
import type { MonthLine } from './model'
import { monthName } from './periods'
import { tariffSentence } from './tariff'

export function CloseMonth({ projectId, line, onClose }: { projectId: string; line: MonthLine; onClose: () => void }) {
  const close = useCloseMonth(projectId)
  const { data: tariff } = useQuery(tariffQuery(projectId))
  const { month, figures, currency } = line
  const name = monthName(month)
  return (
    <ConfirmDialog
      title={`Close ${name}`}
      word={month}
      action="Close month"
      isHarmless
      isPending={close.isPending}
      error={close.error}
      onClose={onClose}
      onConfirm={() => close.mutate(month, { onSuccess: () => (toastDone(`${name} is closed`), onClose()) })}
    >
      <div className={classes.sum}>
        <span>{exactNumber(figures.calls)} calls</span>
        {figures.inferred_calls > 0 && (
          <span className={classes.muted}>{exactNumber(figures.inferred_calls)} with an inferred end</span>
        )}
        {currency && <b>{money(figures.amount_minor ?? 0, currency)}</b>}
      </div>
      <p>
        {tariff && `Tariff: ${tariffSentence(tariff)}. `}You cannot reopen a closed month. Calls that arrive or change
        later become adjustments. You can no longer change the currency.
      </p>
    </ConfirmDialog>
  )
}
