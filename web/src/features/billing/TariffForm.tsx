// The form of the tariff: currency, price, by what calls are counted, and the seconds that cost nothing.
import { Autocomplete, Button, NumberInput, SegmentedControl } from '@mantine/core'
import type { FormEvent } from 'react'
import { currencyDigits, toMajor, toMinor } from '../../lib/money'
import { Card } from '../../ui/Card'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { toastDone } from '../../ui/toast'
import { useSetTariff } from './api'
import classes from './Billing.module.css'
import { monthName } from './periods'
import { MAX_FREE_SECONDS, MAX_PRICE_MINOR, type Tariff, tariffSentence, unitName } from './tariff'

const USUAL = [
  'USD',
  'EUR',
  'GBP',
  'TZS',
  'KES',
  'UGX',
  'RWF',
  'ZAR',
  'NGN',
  'GHS',
  'AED',
  'INR',
  'CHF',
  'JPY',
  'AUD',
  'CAD',
]
const ROUNDINGS = [
  { value: 'per_started_minute', label: 'Started minute' },
  { value: 'per_second', label: 'Second' },
]
const BASES = [
  { value: 'talk_time', label: 'Talk time' },
  { value: 'session_span', label: 'Session span' },
]
const BASIS_HELP: Record<string, string> = {
  talk_time: 'Bills each call from its start to its end.',
  session_span: 'Bills each session from the start of its first call to the end of its last, pauses included.',
}

type Props = {
  projectId: string
  saved: Tariff | null
  draft: Tariff
  closedMonth: string | undefined
  onChange: (tariff: Tariff) => void
}

export function TariffForm({ projectId, saved, draft, closedMonth, onChange }: Props) {
  const save = useSetTariff(projectId)
  const digits = currencyDigits(draft.currency)
  const isCurrency = /^[A-Z]{3}$/.test(draft.currency)
  const isChanged = JSON.stringify(saved) !== JSON.stringify(draft)

  function submit(event: FormEvent) {
    event.preventDefault()
    // A saved tariff gets a new form, so callbacks of the form that saved it must not run.
    void save.mutateAsync(draft).then(
      () => toastDone(saved ? 'Tariff changed' : 'Tariff set'),
      () => undefined,
    )
  }

  /** The price stays what was typed when the currency gets other decimals. */
  function setCurrency(text: string) {
    const currency = text.toUpperCase().slice(0, 3)
    onChange({ ...draft, currency, price_minor: toMinor(toMajor(draft.price_minor, draft.currency), currency) })
  }

  return (
    <Card title="Tariff" {...(saved ? { note: `Current: ${tariffSentence(saved)}` } : {})}>
      <form className={classes.form} onSubmit={submit}>
        <div className={classes.pair}>
          <Autocomplete
            label="Currency"
            description={
              closedMonth
                ? `Cannot change: ${monthName(closedMonth)} was closed with it.`
                : 'Three-letter code, such as TZS.'
            }
            data={USUAL}
            required
            disabled={closedMonth !== undefined}
            value={draft.currency}
            error={fieldError(save.error, 'currency')}
            onChange={setCurrency}
          />
          <NumberInput
            label={`Price per ${unitName(draft.rounding, 1)}`}
            description={`In ${isCurrency ? draft.currency : 'the currency'}.`}
            required
            min={0}
            max={toMajor(MAX_PRICE_MINOR, draft.currency)}
            decimalScale={digits}
            thousandSeparator=","
            hideControls
            value={toMajor(draft.price_minor, draft.currency)}
            error={fieldError(save.error, 'price_minor')}
            onChange={(value) => onChange({ ...draft, price_minor: toMinor(Number(value) || 0, draft.currency) })}
          />
        </div>
        <div className={classes.field}>
          <span className={classes.label} id="basis">
            Billed time
          </span>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="basis"
            data={BASES}
            value={draft.basis ?? 'talk_time'}
            onChange={(basis) => onChange({ ...draft, basis })}
          />
          <p className={classes.note}>{BASIS_HELP[draft.basis ?? 'talk_time']}</p>
        </div>
        <div className={classes.field}>
          <span className={classes.label} id="rounding">
            Billed per
          </span>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="rounding"
            data={ROUNDINGS}
            value={draft.rounding}
            onChange={(rounding) => onChange({ ...draft, rounding })}
          />
        </div>
        <NumberInput
          label="Free seconds"
          description={`The first seconds of every ${draft.basis === 'session_span' ? 'session' : 'call'} are free.`}
          min={0}
          max={MAX_FREE_SECONDS}
          allowDecimal={false}
          value={draft.free_seconds ?? 0}
          error={fieldError(save.error, 'free_seconds')}
          onChange={(value) => onChange({ ...draft, free_seconds: Number(value) || 0 })}
        />
        <FormFailure error={save.error} fields={['currency', 'price_minor', 'free_seconds']} />
        <div className={classes.foot}>
          <p className={classes.note}>The new tariff applies to all calls of open months.</p>
          {saved && isChanged && (
            <Button variant="default" onClick={() => onChange(saved)}>
              Undo changes
            </Button>
          )}
          <Button type="submit" loading={save.isPending} disabled={!isChanged || !isCurrency}>
            {saved ? 'Change tariff' : 'Set tariff'}
          </Button>
        </div>
      </form>
    </Card>
  )
}
