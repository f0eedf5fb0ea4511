// A page of React fields: `window.app.show()` renders them, `window.app.state()` tells what React knows of them.
import { bundle } from './app'

export const bundleFields = (): Promise<string> =>
  bundle(`
    import { createElement, useState } from 'react'
    import { createRoot } from 'react-dom/client'
    let state = {}
    let changes = 0
    const Fields = () => {
      const [text, setText] = useState('')
      const [box, setBox] = useState(false)
      state = { text, box, changes }
      const button = (id, onClick) => createElement('button', { id, key: id, onClick }, id)
      return [
        createElement('input', { id: 'text', key: 'text', value: text, onChange: (event) => setText(event.target.value) }),
        createElement('input', {
          id: 'box', key: 'box', type: 'checkbox', checked: box,
          onChange: (event) => { changes++; setBox(event.target.checked) },
        }),
        button('fill', () => setText('filled')),
        button('all', () => setBox((is) => !is)),
      ]
    }
    window.app = {
      state: () => ({ ...state, changes }),
      show: () => createRoot(document.getElementById('root')).render(createElement(Fields)),
    }`)
