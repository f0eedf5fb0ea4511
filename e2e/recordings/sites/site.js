// Routes of a single page: each path has a template, and a function that brings it to life.
;(() => {
  let alive = {}
  const by = (id) => document.getElementById(id)

  const show = () => {
    const template = document.querySelector(`template[data-path="${location.pathname}"]`)
    by('page').replaceChildren(template.content.cloneNode(true))
    document.title = `${by('page').querySelector('h1').textContent} – ${document.querySelector('header b').textContent}`
    scrollTo(0, 0)
    alive[location.pathname]?.(by)
  }

  window.go = (path) => {
    history.pushState({}, '', path)
    show()
  }

  window.pages = (handlers) => {
    alive = handlers
    document.addEventListener('click', (event) => {
      const link = event.target.closest('a[href]')
      if (!link || !document.querySelector(`template[data-path="${link.getAttribute('href')}"]`)) return
      event.preventDefault()
      window.go(link.getAttribute('href'))
    })
    show()
  }
})()
