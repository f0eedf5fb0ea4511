// Writes a browser's picture anew in about half of the bytes: with 256 colours, the most frequent ones, and without filters,
// since the pages are flat. Only shades in the edges of letters are lost.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const RGBA = 6
const INDEXED = 3
const COLOURS = 256

const paeth = (left, above, corner) => {
  const [toLeft, toAbove, toCorner] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)]
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

const PREDICTIONS = [() => 0, (left) => left, (_, above) => above, (left, above) => (left + above) >> 1, paeth]

/** The pixels of a browser's picture, four bytes each. */
function pixelsOf(png) {
  const parts = []
  let header = Buffer.alloc(13)
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at))
    const type = png.toString('latin1', at + 4, at + 8)
    if (type === 'IHDR') header = data
    if (type === 'IDAT') parts.push(data)
  }
  if (!header.subarray(8).equals(Buffer.from([8, RGBA, 0, 0, 0]))) throw new Error('not a picture as browsers write them')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const raw = inflateSync(Buffer.concat(parts))
  const row = width * 4
  const pixels = Buffer.alloc(row * height)
  for (let y = 0; y < height; y++) {
    const predict = PREDICTIONS[raw[y * (row + 1)]]
    for (let x = 0; x < row; x++) {
      const at = y * row + x
      const above = y > 0 ? pixels[at - row] : 0
      pixels[at] = raw[y * (row + 1) + 1 + x] + predict(x > 3 ? pixels[at - 4] : 0, above, x > 3 && y > 0 ? pixels[at - row - 4] : 0)
    }
  }
  return { width, height, pixels }
}

/** By colour: its index among those that are kept, or the nearest one's. */
function indicesOf(pixels) {
  const counts = new Map()
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] !== 255) throw new Error('a screenshot that can be looked through')
    const colour = pixels.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const kept = [...counts].sort((one, other) => other[1] - one[1]).slice(0, COLOURS).map(([colour]) => colour)
  const distance = (one, other) => [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)
  const nearest = (colour) => kept.reduce((best, _, index) => (distance(kept[index], colour) < distance(kept[best], colour) ? index : best), 0)
  return { kept, indices: new Map([...counts.keys()].map((colour) => [colour, nearest(colour)])) }
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data])
  const bytes = Buffer.alloc(body.length + 8)
  bytes.writeUInt32BE(data.length)
  body.copy(bytes, 4)
  bytes.writeUInt32BE(crc32(body), body.length + 4)
  return bytes
}

export function smaller(png) {
  const { width, height, pixels } = pixelsOf(png)
  const { kept, indices } = indicesOf(pixels)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, INDEXED], 8)
  const palette = Buffer.alloc(kept.length * 3)
  for (const [index, colour] of kept.entries()) palette.writeUIntBE(colour, index * 3, 3)
  // Each row begins with its filter, which is none.
  const rows = Buffer.alloc((width + 1) * height)
  for (let i = 0; i < width * height; i++) rows[i + Math.floor(i / width) + 1] = indices.get(pixels.readUIntBE(i * 4, 3))
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}
