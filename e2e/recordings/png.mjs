// Writes a browser's picture again in fewer bytes: without filters, since the pages are flat, and with 256 colours, the most
// frequent ones, or with all. Of 256 only shades in the edges of letters are lost.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** Bytes of a pixel by the kind of colour: with what can be seen through it, and without. */
const CHANNELS = { 6: 4, 2: 3 }
const RGB = 2
const INDEXED = 3
const COLOURS = 256

const paeth = (left, above, corner) => {
  const [toLeft, toAbove, toCorner] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)]
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

const PREDICTIONS = [() => 0, (left) => left, (_, above) => above, (left, above) => (left + above) >> 1, paeth]

/** The pixels of a browser's picture, and how many bytes each has. */
function pixelsOf(png) {
  const parts = []
  let header = Buffer.alloc(13)
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at))
    const type = png.toString('latin1', at + 4, at + 8)
    if (type === 'IHDR') header = data
    if (type === 'IDAT') parts.push(data)
  }
  const size = CHANNELS[header[9]]
  if (!size || header[8] !== 8 || !header.subarray(10).equals(Buffer.alloc(3))) throw new Error('not a picture as browsers write them')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const raw = inflateSync(Buffer.concat(parts))
  const row = width * size
  const pixels = Buffer.alloc(row * height)
  for (let y = 0; y < height; y++) {
    const predict = PREDICTIONS[raw[y * (row + 1)]]
    for (let x = 0; x < row; x++) {
      const at = y * row + x
      const above = y > 0 ? pixels[at - row] : 0
      pixels[at] = raw[y * (row + 1) + 1 + x] + predict(x >= size ? pixels[at - size] : 0, above, x >= size && y > 0 ? pixels[at - row - size] : 0)
    }
  }
  return { width, height, pixels, size }
}

/** By colour: its index among those that are kept, or the nearest one's. */
function indicesOf(pixels, size) {
  const counts = new Map()
  for (let at = 0; at < pixels.length; at += size) {
    if (size === 4 && pixels[at + 3] !== 255) throw new Error('a screenshot that can be looked through')
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

/** A picture of these rows, each of which begins with its filter. */
function written(png, { width, height }, kind, rows, more = []) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, kind], 8)
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', header), ...more, chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

export function smaller(png) {
  const picture = pixelsOf(png)
  const { width, height, pixels, size } = picture
  const { kept, indices } = indicesOf(pixels, size)
  const palette = Buffer.alloc(kept.length * 3)
  for (const [index, colour] of kept.entries()) palette.writeUIntBE(colour, index * 3, 3)
  const rows = Buffer.alloc((width + 1) * height)
  for (let i = 0; i < width * height; i++) rows[i + Math.floor(i / width) + 1] = indices.get(pixels.readUIntBE(i * size, 3))
  return written(png, picture, INDEXED, rows, [chunk('PLTE', palette)])
}

/** The same colours without filters: flat pages take fewer bytes so. */
export function unfiltered(png) {
  const picture = pixelsOf(png)
  const { width, height, pixels, size } = picture
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let i = 0; i < width * height; i++) pixels.copy(rows, i * 3 + Math.floor(i / width) + 1, i * size, i * size + 3)
  return written(png, picture, RGB, rows)
}
