// form_validation_error: a field that refuses what was typed. Its name is sent, never its value.
import type { Context } from '../context'
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { pageUrl } from '../lib/page-url'
import { safely } from '../lib/safe'
import { reportFriction } from './friction'

const ARIA = 'aria-invalid'

/**
 * The rule that the field breaks. Not `validationMessage`: browsers quote the value in it ("'jo' is
 * missing an '@'").
 */
const brokenRule = ({ validity }: HTMLInputElement): string => {
  for (const rule in validity) if (rule !== 'valid' && validity[rule as keyof ValidityState]) return rule
  return ARIA
}

export const startForm = (context: Context): Stop => {
  /** The fields reported since the last attempt to submit: by name, so that a radio group is one field. */
  const reported = new Set<unknown>()

  const report = (element: unknown): void => {
    const field = element as HTMLInputElement
    const name = field.name || field.id
    const isNew = !reported.has(name || field)
    context.bus.emit('invalid', { field, isNew })
    if (!isNew) return
    reported.add(name || field)
    reportFriction(
      context,
      'form_validation_error',
      { field: name, rule: brokenRule(field) },
      {
        severity: 'low',
        page_url: pageUrl(),
        element_selector: context.selectorOf(field),
      },
    )
  }

  const observer = new MutationObserver(
    safely((records: MutationRecord[]) => {
      for (const { target, oldValue } of records) {
        if (oldValue !== 'true' && (target as Element).getAttribute(ARIA) === 'true') report(target)
      }
    }),
  )
  observer.observe(document, { subtree: true, attributeFilter: [ARIA], attributeOldValue: true })

  return all(
    context.bus.on('click', ({ element }) => {
      if (element.matches('button,[type=submit],[role=button]')) reported.clear()
    }),
    listen<KeyboardEvent>(document, 'keydown', ({ key }) => {
      if (key === 'Enter') reported.clear()
    }),
    listen(document, 'invalid', ({ isTrusted, target }) => {
      if (isTrusted) report(target)
    }),
    () => observer.disconnect(),
  )
}
