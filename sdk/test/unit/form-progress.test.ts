import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { FormFields } from '../../src/event'
import { maskField } from '../../src/lib/mask-field'
import { startClicks } from '../../src/signals/clicks'
import { startForm } from '../../src/signals/form'
import { startFormProgress } from '../../src/signals/form-progress'
import { startReactions } from '../../src/signals/reactions'
import { html, settle, useSignals } from '../support/signals'
import { click, dispatchTrusted } from '../support/trusted'

const page = useSignals(startReactions, startClicks, startForm, startFormProgress)

const FORM = `<form name="booking">
  <input type="hidden" name="token" value="sesame-7351">
  <input name="name">
  <input name="mail" type="email">
  <input type="radio" name="size" value="small"><input type="radio" name="size" value="large">
  <select name="boat"><option value="">Any</option><option value="dhow">Dhow</option></select>
  <textarea id="note"></textarea>
  <input type="checkbox" name="terms">
  <button>Send</button>
</form>`

const get = <E extends Element = HTMLInputElement>(selector: string): E => document.querySelector(selector) as E

const fire = (target: EventTarget, type: string): Event =>
  dispatchTrusted(target, new Event(type, { bubbles: true, cancelable: true }))
const visibility = (state: 'visible' | 'hidden'): void => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  fire(document, 'visibilitychange')
}

/** The focus goes to the field, and stays there for a while. */
const focus = async (selector: string, ms = 1000): Promise<HTMLInputElement> => {
  const field = get(selector)
  field.focus()
  await settle(ms)
  return field
}
const blur = (): void => (document.activeElement as HTMLElement).blur()

const type = async (selector: string, text: string, ms = 1000): Promise<void> => {
  const field = await focus(selector, ms)
  field.value = text
  fire(field, 'input')
}
const tick = (selector: string): void => {
  const field = get(selector)
  field.checked = !field.checked || field.type === 'radio'
  fire(field, 'input')
  fire(field, 'change')
}
const submit = (selector = 'form'): Event => fire(get(selector), 'submit')

const forms = (): FormFields[] => page().captured.filter((fields): fields is FormFields => fields.type === 'form')
const leave = (): FormFields['metadata'][] => {
  page().hide()
  return forms().map(({ metadata }) => metadata)
}
/** The last report. */
const sent = (): FormFields['metadata'] => {
  const last = leave().pop()
  if (!last) throw new Error('nothing was reported')
  return last
}
const fieldOf = (name: string) => sent().fields.find(({ field }) => field === name)

beforeEach(() => void vi.restoreAllMocks())

describe('the progress in a form', () => {
  beforeEach(() => void html(FORM))

  it('reports which fields were reached, in that order, and where the visitor left', async () => {
    await type('[name=mail]', 'amina@example.com', 3000)
    await type('[name=name]', 'Amina', 2000)
    await focus('[name=boat]', 500)
    page().hide()
    expect(forms()).toEqual([
      {
        type: 'form',
        timestamp: 1_700_000_000_000,
        page_url: 'https://shop.example/start',
        element_selector: 'form',
        metadata: {
          form_id: expect.stringMatching(/^[\da-f-]{36}$/),
          revision: 1,
          form: 'booking',
          outcome: 'abandoned',
          submits: 0,
          duration_ms: 5000,
          last_field: 'boat',
          fields: [
            { field: 'mail', kind: 'email', position: 1, time_ms: 3000, corrections: 0, errors: 0, filled: true },
            { field: 'name', kind: 'text', position: 0, time_ms: 2000, corrections: 0, errors: 0, filled: true },
            { field: 'boat', kind: 'select', position: 3, time_ms: 500, corrections: 0, errors: 0, filled: false },
          ],
        },
      },
    ])
  })

  it('reports nothing of a form that nobody has begun', () => {
    page().hide()
    submit()
    page().hide()
    expect(forms()).toEqual([])
  })

  it('takes a radio group for one field, and leaves hidden fields and buttons out', async () => {
    for (const radio of document.querySelectorAll<HTMLInputElement>('[type=radio]')) {
      radio.focus()
      await settle(1000)
      radio.checked = true
      fire(radio, 'change')
    }
    await focus('#note')
    click(get('[name=token]'))
    get<HTMLButtonElement>('button').focus()
    expect(sent().fields).toMatchObject([
      { field: 'size', kind: 'radio', position: 2, time_ms: 2000, corrections: 0, filled: true },
      { field: 'note', kind: 'textarea', position: 4, filled: false },
    ])
  })

  it('counts the time only while the page can be seen', async () => {
    await focus('[name=name]', 2000)
    visibility('hidden')
    expect(fieldOf('name')?.time_ms).toBe(2000)
    await settle(60_000)
    visibility('visible')
    await settle(500)
    expect(fieldOf('name')?.time_ms).toBe(2500)
  })

  it('does not count the time after the focus is gone, nor that of a field that was removed', async () => {
    await focus('[name=name]', 2000)
    blur()
    await settle(5000)
    expect(fieldOf('name')?.time_ms).toBe(2000)
    await type('[name=mail]', 'a', 1000)
    get('form').remove()
    await settle(60_000)
    expect(fieldOf('mail')?.time_ms).toBe(1000)
  })

  it('counts a correction once for each return to a field that was left filled', async () => {
    await type('[name=name]', 'Amna')
    await type('[name=name]', 'Amina')
    await focus('[name=mail]')
    expect(fieldOf('name')?.corrections).toBe(0)
    await focus('[name=name]')
    await focus('[name=mail]')
    expect(fieldOf('name')?.corrections).toBe(0)
    await type('[name=name]', 'Amina J')
    await type('[name=name]', 'Amina Juma')
    await focus('[name=mail]')
    expect(fieldOf('name')?.corrections).toBe(1)
    await type('[name=name]', '')
    await focus('[name=mail]')
    await type('[name=name]', 'Asha')
    expect(fieldOf('name')?.corrections).toBe(2)
  })

  it('does not take a look at another window for leaving the field', async () => {
    const field = await focus('[name=name]')
    await type('[name=name]', '73')
    dispatchTrusted(field, new FocusEvent('focusout', { bubbles: true }))
    await settle(60_000)
    dispatchTrusted(field, new FocusEvent('focusin', { bubbles: true }))
    await type('[name=name]', '7351')
    expect(fieldOf('name')).toMatchObject({ corrections: 0, time_ms: 3000 })
  })

  it('knows fields that the browser fills in, without focus', () => {
    for (const [selector, text] of [
      ['[name=name]', 'Amina'],
      ['[name=mail]', 'amina@example.com'],
    ] as const) {
      get(selector).value = text
      fire(get(selector), 'input')
      fire(get(selector), 'change')
    }
    expect(sent().fields).toMatchObject([
      { field: 'name', filled: true, time_ms: 0, corrections: 0 },
      { field: 'mail', filled: true, time_ms: 0, corrections: 0 },
    ])
    get('[name=name]').value = 'Asha'
    fire(get('[name=name]'), 'input')
    fire(get('[name=name]'), 'change')
    expect(fieldOf('name')?.corrections).toBe(1)
  })

  it('knows what is chosen and ticked, also where that gives no focus', () => {
    get<HTMLSelectElement>('[name=boat]').selectedIndex = 1
    fire(get('[name=boat]'), 'change')
    tick('[name=terms]')
    tick('[value=large]')
    expect(sent().fields.map(({ field, filled }) => [field, filled])).toEqual([
      ['boat', true],
      ['terms', true],
      ['size', true],
    ])
    tick('[name=terms]')
    expect(fieldOf('terms')).toMatchObject({ filled: false, corrections: 1 })
  })

  it('does not call it a correction when an emptied form is filled again', async () => {
    await type('[name=name]', 'Amina')
    await focus('[name=mail]')
    get<HTMLFormElement>('form').reset()
    await type('[name=name]', 'Asha')
    expect(fieldOf('name')?.corrections).toBe(0)
  })
})

describe('the outcome of a form', () => {
  beforeEach(() => void html(FORM))

  it('is submitted when it is sent, also where the page does that itself', async () => {
    document.addEventListener('submit', (event) => event.preventDefault(), { once: true })
    await type('[name=name]', 'Amina')
    await settle(4000)
    expect(submit().defaultPrevented).toBe(true)
    // As pages do that send it themselves.
    get<HTMLFormElement>('form').reset()
    expect(sent()).toMatchObject({ outcome: 'submitted', submits: 1, duration_ms: 5000, last_field: 'name' })
  })

  it('is abandoned when something is changed after that', async () => {
    await type('[name=name]', 'Amina')
    submit()
    await focus('[name=mail]')
    expect(sent().outcome).toBe('submitted')
    await type('[name=mail]', 'a')
    expect(sent()).toMatchObject({ outcome: 'abandoned', submits: 1 })
    submit()
    expect(sent()).toMatchObject({ outcome: 'submitted', submits: 2 })
  })

  it('is abandoned when the browser or the page refuses a field', async () => {
    await type('[name=name]', 'Amina')
    get('[name=mail]').required = true
    click(get('button'))
    expect(sent()).toMatchObject({ outcome: 'abandoned', submits: 0 })
    submit()
    get('[name=mail]').setAttribute('aria-invalid', 'true')
    await settle()
    expect(sent()).toMatchObject({ outcome: 'abandoned', submits: 1 })
    // The page leaves it as it is, and sends nothing.
    submit()
    expect(sent()).toMatchObject({ outcome: 'abandoned', submits: 2 })
    get('[name=mail]').removeAttribute('aria-invalid')
    expect(sent().outcome).toBe('submitted')
  })

  it('comes with the errors of each field, one for each attempt, and those that came before it was reached', async () => {
    get('[name=mail]').required = true
    click(get('button'))
    await type('[name=name]', 'Amina')
    for (const _attempt of [1, 2]) {
      click(get('button'))
      dispatchTrusted(get('[name=mail]'), new Event('invalid'))
      get('[name=mail]').setAttribute('aria-invalid', 'true')
      await settle()
    }
    expect(sent().fields.map(({ field }) => field)).toEqual(['name'])
    await focus('[name=mail]')
    expect(fieldOf('mail')?.errors).toBe(3)
    expect(fieldOf('name')?.errors).toBe(0)
  })
})

describe('a report of a form', () => {
  beforeEach(() => void html(FORM))

  it('comes again as another revision when there is anything new, and only then', async () => {
    await type('[name=name]', 'Amina')
    blur()
    page().hide()
    page().hide()
    expect(forms()).toHaveLength(1)
    await settle(60_000)
    submit()
    const [first, second] = leave()
    expect([first?.revision, second?.revision]).toEqual([1, 2])
    expect(second).toMatchObject({ form_id: first?.form_id, outcome: 'submitted', duration_ms: 61_000 })
    expect(forms()[1]?.timestamp).toBe(forms()[0]?.timestamp)
    expect(first?.outcome).toBe('abandoned')
  })

  it('comes with the next route, for which everything begins again', async () => {
    await type('[name=name]', 'Amina')
    submit()
    history.pushState(null, '', '/thanks')
    await settle(10)
    expect(forms()).toMatchObject([{ page_url: 'https://shop.example/start', metadata: { outcome: 'submitted' } }])
    // The form is still there, with the focus in it.
    await type('[name=name]', 'Asha')
    await settle(500)
    const [first, second] = leave()
    expect(second).toMatchObject({ revision: 1, outcome: 'abandoned', submits: 0, fields: [{ time_ms: 500 }] })
    expect(second?.form_id).not.toBe(first?.form_id)
    expect(forms()[1]?.page_url).toBe('https://shop.example/thanks')
  })

  it('does not come while a search writes into the query', async () => {
    for (const text of ['d', 'dh', 'dho']) {
      await type('[name=name]', text)
      history.replaceState(null, '', `/start?q=${text}`)
      await settle(10)
    }
    expect(leave()).toHaveLength(1)
  })

  it('comes for a form that is no longer there', async () => {
    await type('[name=name]', 'Amina')
    tick('[value=small]')
    submit()
    document.body.innerHTML = '<p>Thank you</p>'
    expect(leave()).toMatchObject([
      { form: 'booking', outcome: 'submitted', fields: [{ filled: true }, { filled: true }] },
    ])
  })

  it('takes a field that a framework replaced for the same', async () => {
    await type('[name=name]', 'Amina', 1000)
    get('[name=name]').replaceWith(Object.assign(document.createElement('input'), { name: 'name' }))
    await focus('[name=name]', 2000)
    expect(sent().fields).toMatchObject([{ field: 'name', time_ms: 3000, filled: false }])
  })

  it('never holds what was typed', async () => {
    await type('[name=name]', 'kibaha7f3a91')
    await type('[name=mail]', 'amina@example.com')
    await type('#note', 'My card is 4111 1111 1111 1111')
    tick('[value=large]')
    get<HTMLSelectElement>('[name=boat]').selectedIndex = 1
    fire(get('[name=boat]'), 'change')
    submit()
    const json = JSON.stringify(leave())
    for (const secret of ['kibaha', 'amina', '4111', 'card', 'large', 'dhow', 'Dhow', 'sesame', 'token'])
      expect(json).not.toContain(secret)
    expect(sent().fields).toHaveLength(5)
  })

  it('has fifty fields at most, and names of a hundred letters', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `<input name="f${index}">`)
    html(`<form id="${'long '.repeat(40)}">${names.join('')}</form>`)
    for (let index = 0; index < 60; index++) await focus(`[name=f${index}]`, 1)
    const { fields, last_field, form } = sent()
    expect([fields.length, last_field]).toEqual([50, 'f59'])
    expect(maskField('form', form, '')).toHaveLength(100)
    expect(maskField('field', 'name of amina@example.com', '')).toBe('name of [email]')
  })
})

describe('which forms are watched', () => {
  it('is each by itself', async () => {
    html('<div><form id="one"><input name="mail"></form><form aria-label="Two"><input name="mail"></form></div>')
    await type('#one input', 'a', 1000)
    await type('[aria-label=Two] input', 'a', 2000)
    submit('#one')
    const [one, two] = leave()
    expect(one).toMatchObject({ form: 'one', outcome: 'submitted', fields: [{ field: 'mail', time_ms: 1000 }] })
    expect(two).toMatchObject({ form: 'Two', outcome: 'abandoned', fields: [{ field: 'mail', time_ms: 2000 }] })
    expect(one?.form_id).not.toBe(two?.form_id)
  })

  it('includes fields that stand elsewhere, and those that hide what a form is made of', async () => {
    html(`<div><form id="odd"><input name="name"><input name="id"><input name="elements"></form>
      <input form="odd" name="far"></div>`)
    await type('[name=far]', 'a')
    expect(sent()).toMatchObject({ form: 'odd', fields: [{ field: 'far', position: 3 }] })
  })

  it('names what has no name by where it is', async () => {
    html('<form><input class="mail"></form>')
    await type('input', 'a')
    expect(sent()).toMatchObject({ form: 'form', fields: [{ field: 'input.mail' }] })
  })

  it('is no field without a form, no editable text, and nothing that is left out', async () => {
    html(`<div><input id="lone"><form><p contenteditable tabindex="0">Text</p></form>
      <form class="ticker"><input></form><form data-footfall-ignore><input></form>
      <form id="part"><input data-footfall-block name="blocked"><input name="ok"></form></div>`)
    page().context.settings.use({ block: '[name=ok]' })
    for (const field of document.querySelectorAll<HTMLElement>('input,p')) {
      field.focus()
      fire(field, 'input')
      fire(field, 'change')
      click(field)
    }
    click(get('#part'))
    expect(leave()).toEqual([])
  })

  it('says no label of a masked form', async () => {
    html('<section data-footfall-mask><form aria-label="Letter of Amina"><input name="text"></form></section>')
    await type('input', 'a')
    expect(sent().form).toBe('form')
  })

  it('is not moved by scripts', async () => {
    html(FORM)
    const field = get('[name=name]')
    for (const name of ['focusin', 'input', 'change', 'click']) field.dispatchEvent(new Event(name, { bubbles: true }))
    expect(leave()).toEqual([])
    await type('[name=name]', 'Amina')
    get('form').dispatchEvent(new Event('submit'))
    field.dispatchEvent(new Event('invalid'))
    expect(sent()).toMatchObject({ submits: 0, outcome: 'abandoned', fields: [{ errors: 0 }] })
  })

  it('does not begin with a field that the page focuses before its visitor does anything', async () => {
    html(FORM)
    const activation = { hasBeenActive: false }
    Object.defineProperty(navigator, 'userActivation', { configurable: true, value: activation })
    await focus('[name=name]', 5000)
    expect(leave()).toEqual([])
    activation.hasBeenActive = true
    await type('[name=name]', 'Amina')
    await settle(1000)
    expect(sent()).toMatchObject({ fields: [{ field: 'name', time_ms: 1000 }] })
    Reflect.deleteProperty(navigator, 'userActivation')
  })
})
