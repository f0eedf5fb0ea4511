// Pages on which something is wrong.
import { click, type Sample, several } from './sample'

const three = click('#x', 3)

export const frictional: Sample[] = [
  { name: 'a button without a handler', html: '<button id="x">Buy</button>', signals: ['dead_click'] },
  {
    name: 'a button without a handler, three times',
    html: '<button id="x">Buy</button>',
    action: three,
    signals: ['rage_click', 'dead_click'],
  },
  {
    name: 'a button without a handler, five times',
    html: '<button id="x">Buy</button>',
    action: click('#x', 5),
    signals: ['rage_click', 'dead_click'],
  },
  { name: 'a link to nowhere', html: '<a id="x" href="#">Menu</a>', signals: ['dead_click'] },
  { name: 'a link to a void script', html: '<a id="x" href="javascript:void(0)">Menu</a>', signals: ['dead_click'] },
  {
    name: 'a link whose handler forgot it',
    html: '<a id="x" href="next" onclick="event.preventDefault()">Go</a>',
    signals: ['dead_click'],
  },
  {
    name: 'a div that looks like a button',
    html: '<div id="x" style="cursor:pointer;border:1px solid">Add to cart</div>',
    signals: ['dead_click'],
  },
  {
    name: 'a card without a link',
    html: '<div style="cursor:pointer"><h3 id="x">Red shoes</h3><p>10 EUR</p></div>',
    signals: ['dead_click'],
  },
  {
    name: 'a product image with a hand for a cursor that does not grow',
    html: '<img id="x" style="cursor:pointer" width="80" height="80" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    signals: ['dead_click'],
  },
  {
    name: 'an icon in a card with a hand for a cursor',
    html: `<div style="cursor:pointer"><svg id="x" width="40" height="40"><circle cx="20" cy="20" r="20"/></svg></div>`,
    signals: ['dead_click'],
  },
  {
    name: 'a heading that says it opens something',
    html: '<h3 id="x" aria-expanded="false">Details ▾</h3>',
    signals: ['dead_click'],
  },
  { name: 'a price that the keyboard reaches', html: '<b id="x" tabindex="0">10 EUR</b>', signals: ['dead_click'] },
  {
    name: 'a text with a handler in the markup that does nothing',
    html: '<span id="x" onclick="">more</span>',
    signals: ['dead_click'],
  },
  {
    name: 'a button that writes into a field what it holds already',
    html: `<input id="f" value="SALE"><button id="x" onclick="f.value = 'SALE'">Paste</button>`,
    signals: ['dead_click'],
  },
  {
    name: 'a dead button beside a canvas that is always drawn',
    html: `<canvas id="c"></canvas><button id="x">Buy</button><script>
      const pen = c.getContext('2d')
      const draw = (at) => { pen.fillRect(at % 300, 0, 9, 9); requestAnimationFrame(draw) }
      draw(0)</script>`,
    action: async (page) => {
      await page.clock.runFor(5000)
      await click()(page)
    },
    signals: ['dead_click'],
  },
  {
    name: 'a form that is prevented and forgotten',
    html: '<form onsubmit="return false"><button id="x">Send</button></form>',
    signals: ['dead_click'],
  },
  {
    name: 'a tab that does not switch',
    html: '<div role="tablist"><span role="tab" id="x">Reviews</span></div>',
    signals: ['dead_click'],
  },
  {
    name: 'a menu item without effect',
    html: '<ul role="menu"><li role="menuitem" id="x">Log out</li></ul>',
    signals: ['dead_click'],
  },
  {
    name: 'a router that only notes where it was',
    html: '<button id="x" onclick="history.replaceState({y: 1}, \'\', location.href)">Go</button>',
    signals: ['dead_click'],
  },
  {
    name: 'a dead button beside a ticker',
    html: `<button id="x">Buy</button><b class="ticker" data-footfall-ignore>0</b>
      <script>setInterval(() => document.querySelector('.ticker').textContent++, 300)</script>`,
    signals: ['dead_click'],
  },
  {
    name: 'two dead buttons',
    html: '<button id="a">One</button><button id="b">Two</button>',
    action: several('#a', '#b'),
    signals: ['dead_click', 'dead_click'],
  },
  {
    name: 'a dead button inside a shadow root',
    html: `<x-shop id="x"></x-shop><script>
      document.querySelector('x-shop').attachShadow({ mode: 'open' }).innerHTML = '<button>Buy</button>'</script>`,
    signals: ['dead_click'],
  },
  {
    name: 'an answer after four seconds',
    html: '<button id="x" onclick="setTimeout(() => document.body.append(1), 4000)">Load</button>',
    signals: ['slow_click'],
  },
  {
    name: 'a route after five seconds',
    html: `<button id="x" onclick="setTimeout(() => history.pushState(0, '', 'late'), 5000)">Go</button>`,
    signals: ['slow_click'],
  },
  {
    name: 'an answer after eight seconds',
    html: '<button id="x" onclick="setTimeout(() => document.body.append(1), 8000)">Load</button>',
    signals: ['dead_click'],
  },
  {
    name: 'a menu that opens too late, three times',
    html: `<button id="x" onclick="setTimeout(() => this.textContent = 'Open', 2000)">Menu</button>`,
    action: three,
    signals: ['rage_click'],
  },
  {
    name: 'a handler that throws',
    html: '<button id="x" onclick="missing()">Buy</button>',
    signals: ['error_click', 'dead_click'],
  },
  {
    name: 'a handler that shows something and throws',
    html: '<button id="x" onclick="document.body.append(1); missing()">Buy</button>',
    signals: ['error_click'],
  },
  {
    name: 'a request that fails unhandled',
    html: '<button id="x" onclick="document.body.append(1); Promise.reject(new Error(\'offline\'))">Buy</button>',
    signals: ['error_click'],
  },
  {
    name: 'a timer that fails soon after',
    html: '<button id="x" onclick="this.disabled = true; setTimeout(() => Promise.reject(Error(1)), 500)">Buy</button>',
    signals: ['error_click'],
  },
  {
    name: 'text that looks like a link, three times',
    html: '<span id="x" style="color:blue;user-select:none">more</span>',
    action: three,
    signals: ['rage_click', 'dead_click'],
  },
  {
    name: 'a label that only begins like a stepper',
    html: '<button id="x">Next: delivery address</button>',
    action: three,
    signals: ['rage_click', 'dead_click'],
  },
  {
    name: 'a disabled-looking button without a handler',
    html: '<button id="x" aria-disabled="true">Continue</button>',
    action: three,
    signals: ['rage_click', 'dead_click'],
  },
  {
    name: 'a custom switch that does not switch',
    html: '<div role="switch" aria-checked="false" id="x" tabindex="0" style="user-select:none">Dark</div>',
    action: three,
    signals: ['rage_click', 'dead_click'],
  },
]
