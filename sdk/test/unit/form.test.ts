import { describe, expect, it } from 'vitest'
import { startClicks } from '../../src/signals/clicks'
import { startForm } from '../../src/signals/form'
import { startReactions } from '../../src/signals/reactions'
import { html, settle, useSignals } from '../support/signals'
import { click, dispatchTrusted } from '../support/trusted'

const page = useSignals(startReactions, startClicks, startForm)

const invalid = (field: Element): void => void dispatchTrusted(field, new Event('invalid'))
const form = (): [Element, Element, Element] => {
  const { children } = html(
    '<form novalidate onsubmit="return false"><input name="email" type="email" value="jo"><input name="age" required><button>Send</button></form>',
  )
  return Array.from(children) as [Element, Element, Element]
}

describe('a form validation error', () => {
  it('names the field and the rule, and never the value', () => {
    const [email, age] = form()
    invalid(email)
    invalid(age)
    expect(page().friction()).toMatchObject([
      { event_type: 'form_validation_error', severity: 'low', metadata: { field: 'email', rule: 'typeMismatch' } },
      { event_type: 'form_validation_error', severity: 'low', metadata: { field: 'age', rule: 'valueMissing' } },
    ])
    expect(JSON.stringify(page().captured)).not.toContain('jo')
    expect(document.querySelector(page().friction()[0]?.element_selector ?? 'x')).toBe(email)
  })

  it('comes once for each field and attempt', () => {
    const [email, , send] = form()
    invalid(email)
    invalid(email)
    expect(page().friction()).toHaveLength(1)
    click(send)
    invalid(email)
    invalid(email)
    expect(page().friction()).toHaveLength(2)
  })

  it('takes Enter for an attempt', () => {
    const [email] = form()
    invalid(email)
    dispatchTrusted(email, new KeyboardEvent('keydown', { key: 'a', bubbles: true }))
    invalid(email)
    expect(page().friction()).toHaveLength(1)
    dispatchTrusted(email, new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    invalid(email)
    expect(page().friction()).toHaveLength(2)
  })

  it('is one for a group of radio buttons', () => {
    const group = html(
      '<form><input type="radio" name="size" required><input type="radio" name="size" required></form>',
    )
    for (const radio of group.children) invalid(radio)
    expect(page().friction()).toHaveLength(1)
  })

  it('comes from aria-invalid becoming true', async () => {
    const [email, , send] = form()
    email.setAttribute('aria-invalid', 'true')
    await settle()
    expect(page().friction()).toHaveLength(1)
    click(send)
    email.setAttribute('aria-invalid', 'true')
    await settle()
    expect(page().friction()).toHaveLength(1)
    email.setAttribute('aria-invalid', 'false')
    await settle()
    email.setAttribute('aria-invalid', 'true')
    await settle()
    expect(page().friction()).toHaveLength(2)
  })

  it('is one when the browser and the page both say so', async () => {
    const [email] = form()
    invalid(email)
    email.setAttribute('aria-invalid', 'true')
    await settle()
    expect(page().friction()).toHaveLength(1)
  })

  it('does not come from scripts that make up events, nor from valid fields', async () => {
    const [email] = form()
    email.dispatchEvent(new Event('invalid'))
    email.setAttribute('aria-invalid', 'false')
    await settle()
    expect(page().friction()).toEqual([])
  })
})
