// What happens on the playground, and the list of what leaves it. Runs ahead of the SDK, to see its requests.
;(() => {
  const MOST = 200
  const send = window.fetch

  /** Shows the events of a request; returns how to tell what became of them. */
  const show = (body) => {
    let events = []
    try {
      events = JSON.parse(body).events || []
    } catch {}
    const states = events.map((event) => {
      const row = document.createElement('li')
      const at = document.createElement('time')
      at.textContent = new Date(event.timestamp).toLocaleTimeString()
      const name = document.createElement('b')
      name.textContent = event.event_type || event.interaction_type || 'page_performance'
      const state = document.createElement('em')
      state.textContent = 'sent'
      const what = document.createElement('span')
      what.textContent = [event.element_selector, event.element_text, event.error_message, event.visitor_id ? '' : 'no visitor']
        .filter(Boolean)
        .join(' · ')
      row.append(at, name, state, what)
      if (event.type === 'friction') row.dataset.friction = ''
      log.prepend(row)
      return state
    })
    while (log.children.length > MOST) log.lastChild.remove()
    empty.hidden = log.children.length > 0
    return (text, state) => {
      for (const element of states) {
        element.textContent = text
        element.dataset.state = state
      }
    }
  }

  let log
  let empty
  window.fetch = async (url, init) => {
    const tell = log && String(url).endsWith('/ingest-events') ? show(init.body) : () => {}
    try {
      const answer = await send(url, init)
      tell(answer.ok ? 'stored' : `HTTP ${answer.status}`, answer.ok ? 'stored' : 'refused')
      return answer
    } catch (error) {
      tell('will be sent again', 'waiting')
      throw error
    }
  }

  document.addEventListener('DOMContentLoaded', () => {
    const by = (id) => document.getElementById(id)
    const output = (id) => document.querySelector(`output[for=${id}]`)
    log = by('log')
    empty = by('empty')
    by('slow').addEventListener('click', () => {
      setTimeout(() => {
        output('slow').textContent = `free on ${new Date().toLocaleTimeString()}`
      }, 4000)
    })
    by('throws').addEventListener('click', () => {
      throw new TypeError('voucher is undefined')
    })
    by('rejects').addEventListener('click', () => {
      Promise.reject(new Error('reviews: HTTP 502'))
    })
    by('form').addEventListener('submit', (event) => event.preventDefault())
    let basket = 0
    by('works').addEventListener('click', () => {
      output('works').textContent = ++basket
    })
    let step = 0
    by('route').addEventListener('click', () => {
      history.pushState({}, '', `/playground?step=${++step}`)
      output('route').textContent = `step ${step}`
    })
    for (const button of document.querySelectorAll('[data-consent]')) {
      button.addEventListener('click', () => {
        window.footfall.consent(button.dataset.consent)
        for (const other of document.querySelectorAll('[data-consent]')) other.ariaPressed = String(other === button)
      })
    }
  })
})()
