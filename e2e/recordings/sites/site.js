// Routes of a single page: each path has a template, and a function that brings it to life.
;(() => {
  let alive = {}
  const by = (id) => document.getElementById(id)
  const templateOf = (path) => document.querySelector(`template[data-path="${path}"]`)

  const show = () => {
    const content = templateOf(location.pathname).content.cloneNode(true)
    window.draw(content)
    by('page').replaceChildren(content)
    document.title = `${by('page').querySelector('h1').textContent} – ${document.querySelector('header b').textContent}`
    scrollTo(0, 0)
    console.log('[router]', location.pathname)
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
      if (!link || !templateOf(link.getAttribute('href'))) return
      event.preventDefault()
      window.go(link.getAttribute('href'))
    })
    show()
  }
})()
