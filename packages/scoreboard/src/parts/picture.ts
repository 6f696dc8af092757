// A drawing as a file of its own, which says what it is: title, day, legend, source, and whether any of it is invented.
import { save } from '../client.ts'

export interface Caption {
  readonly title: string
  /** Below the title: the day, what is shown. */
  readonly lines: readonly string[]
  /** What is drawn as a line, not as a dot or a bar, says so. */
  readonly legend?: readonly (readonly [color: string, name: string, shape?: 'line'])[]
  /** Below the drawing: where it comes from, the mark of what is invented. */
  readonly notes: readonly string[]
}

const SVG = 'http://www.w3.org/2000/svg'
const LINE = 18
const MARGIN = 16
/** About how wide a letter is at the size of a line. */
const LETTER = 6.6

export function saveSvg(drawing: SVGSVGElement, name: string, caption: Caption): void {
  const inner = drawing.cloneNode(true) as SVGSVGElement
  const { width, height } = sizeOf(drawing)
  const whole = document.createElementNS(SVG, 'svg')
  whole.setAttribute('xmlns', SVG)
  whole.setAttribute('font-family', 'system-ui, sans-serif')
  whole.setAttribute('font-size', '12')
  const total = Math.max(width, 560) + 2 * MARGIN
  let y = MARGIN + 16
  const write = (text: string, size = 12, weight = 400) => {
    for (const part of wrapped(text, (total - 2 * MARGIN) / (LETTER * (size / 12)))) {
      const line = document.createElementNS(SVG, 'text')
      line.setAttribute('x', String(MARGIN))
      line.setAttribute('y', String(y))
      line.setAttribute('font-size', String(size))
      line.setAttribute('font-weight', String(weight))
      line.setAttribute('fill', '#1b2530')
      line.textContent = part
      whole.append(line)
      y += Math.round((LINE * size) / 12)
    }
  }
  write(caption.title, 16, 700)
  for (const line of caption.lines) write(line)
  y = legend(whole, caption.legend ?? [], y, total)
  inner.setAttribute('x', String(MARGIN))
  inner.setAttribute('y', String(y))
  inner.setAttribute('width', String(width))
  inner.setAttribute('height', String(height))
  inner.style.color = '#1b2530'
  whole.append(inner)
  y += height + LINE
  for (const note of caption.notes) write(note, 11)
  whole.setAttribute('width', String(total))
  whole.setAttribute('height', String(y))
  whole.setAttribute('viewBox', `0 0 ${total} ${y}`)
  whole.style.background = '#fff'
  save(new Blob([new XMLSerializer().serializeToString(whole)], { type: 'image/svg+xml' }), `${name}.svg`)
}

function legend(whole: SVGSVGElement, entries: NonNullable<Caption['legend']>, top: number, total: number): number {
  let [x, y] = [MARGIN, top]
  for (const [color, name, shape] of entries) {
    const wide = 24 + name.length * LETTER
    if (x + wide > total - MARGIN) [x, y] = [MARGIN, y + LINE]
    const swatch = document.createElementNS(SVG, 'rect')
    for (const [key, value] of Object.entries({
      ...{ x, width: 12, fill: color },
      ...(shape === 'line' ? { y: y - 5, height: 3 } : { y: y - 10, height: 12 }),
    }))
      swatch.setAttribute(key, String(value))
    const text = document.createElementNS(SVG, 'text')
    text.setAttribute('x', String(x + 16))
    text.setAttribute('y', String(y))
    text.setAttribute('fill', '#1b2530')
    text.textContent = name
    whole.append(swatch, text)
    x += wide
  }
  return entries.length > 0 ? y + LINE : top
}

function sizeOf(drawing: SVGSVGElement): { width: number; height: number } {
  return { width: Number(drawing.getAttribute('width')) || 640, height: Number(drawing.getAttribute('height')) || 400 }
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
