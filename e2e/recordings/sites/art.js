// The pictures of the sites: flat drawings without gradients and references, since those lose their address when they are recorded.
;(() => {
  const drawn = (shapes, fit = 'meet') => `<svg viewBox="0 0 320 200" width="100%" height="100%" preserveAspectRatio="xMidYMid ${fit}">${shapes}</svg>`
  const shape = (d, fill) => `<path d="${d}" fill="${fill}"/>`
  const box = (x, y, width, height, fill, rx = 6) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${rx}" fill="${fill}"/>`
  const disc = (cx, cy, r, fill) => `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${fill}"/>`

  const palm = shape('M38 152q10-44 4-82l6-1q9 40 2 84z', '#6d4c33') + shape('M44 70q-28-14-40 8 22-6 38-2-20 6-22 24 16-16 28-20 14 6 22 24 2-20-16-26 18-4 30 6-8-26-42-14z', '#2f7d54')
  const wheel = (cx) => disc(cx, 152, 19, '#23262e') + disc(cx, 152, 9, '#b9c0c9')
  const ground = '<ellipse cx="178" cy="172" rx="128" ry="8" fill="#000" opacity=".16"/>'
  const car = (body, glass, wheels, colour) => drawn(palm + ground + shape(body, colour) + shape(glass, '#23343f') + box(70, 126, 218, 7, '#00000022', 3) + wheels.map(wheel).join(''))

  const product = (...shapes) => drawn(`<ellipse cx="160" cy="178" rx="96" ry="8" fill="#000" opacity=".12"/>${shapes.join('')}`)
  const phone = (colour) => product(box(118, 22, 84, 154, colour, 12), box(124, 34, 72, 126, '#e9eef6', 5), box(132, 44, 56, 34, '#9db9d8', 4), box(132, 86, 56, 8, '#c3cede', 3), box(132, 100, 38, 8, '#c3cede', 3), disc(160, 168, 4, '#ffffff55'))

  const ART = {
    van: (colour = '#d9dee4') => car('M66 148V96q4-34 38-38h126q24 2 40 38l22 8v44z', 'M84 94q2-24 22-26h44v28zM158 68h44v28h-44zM210 68h16q16 4 28 28h-44z', [112, 242], colour),
    suv: (colour = '#3b4a3f') => car('M62 146V92l22-34q6-8 18-8h112q14 0 24 12l20 28 34 8v48z', 'M82 90l18-26h42v26zM150 64h44v26h-44zM202 64h12l20 26h-32z', [110, 246], colour),
    jeep: (colour = '#c9a227') => car('M84 146V66q2-10 12-10h118l14 40 58 4v46z', 'M98 66h46v28H98zM152 66h54l10 28h-64z', [124, 246], colour),
    coast: () => drawn(disc(236, 52, 22, '#fff3c4') + shape('M0 120h320v80H0z', '#2b8fa3') + shape('M0 132q40-8 80 0t80 0 80 0 80 0v68H0z', '#247c90') + shape('M0 168q110-30 320-8v40H0z', '#ecd7a6') + palm, 'slice'),
    phone,
    case: (colour = '#b4512f') => product(box(112, 24, 96, 152, colour, 16), disc(136, 48, 12, '#00000055'), box(122, 68, 28, 6, '#00000033', 3)),
    charger: () => product(box(126, 44, 68, 78, '#f4f5f7', 12), box(140, 26, 8, 20, '#8a93a0', 2), box(172, 26, 8, 20, '#8a93a0', 2), box(152, 122, 16, 54, '#5b6472', 4)),
    lamp: () => product(shape('M104 78q56-66 112 0z', '#f2c14e'), box(146, 78, 28, 66, '#3d4654', 4), box(112, 144, 96, 28, '#2c333e', 10), disc(160, 96, 30, '#fff6d655'), box(124, 150, 36, 14, '#27548a', 3)),
    cooker: () => product(box(92, 74, 136, 94, '#b8c0c9', 20), box(84, 60, 152, 20, '#59636f', 8), box(142, 44, 36, 18, '#2c333e', 6), box(64, 96, 30, 14, '#2c333e', 6), box(226, 96, 30, 14, '#2c333e', 6), disc(160, 124, 20, '#2c333e')),
    pan: () => product(shape('M60 110h136q-6 56-68 56t-68-56z', '#3d4654'), box(190, 106, 92, 14, '#2c333e', 7)),
    kettle: () => product(shape('M104 170l12-94h88l12 94z', '#a8402f'), box(124, 60, 72, 18, '#7d2d20', 8), shape('M204 84q48 0 34 60l-14-2q8-44-22-44z', '#2c333e'), shape('M114 96L84 74l-6 12 32 34z', '#a8402f')),
    parcel: () => product(box(84, 74, 152, 100, '#c99a62', 6), box(148, 74, 24, 100, '#e4c79c', 0), shape('M84 74l20-26h112l20 26z', '#b3834b')),
  }

  /** Draws every element that names a picture and, perhaps, its colour. */
  window.draw = (root) => {
    for (const element of root.querySelectorAll('[data-art]')) {
      const [name, colour] = element.dataset.art.split(' ')
      element.insertAdjacentHTML('afterbegin', ART[name](colour))
      element.classList.add(`of-${name}`)
    }
  }
})()
