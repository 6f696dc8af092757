import type { PlotOptions } from '@observablehq/plot'
import { useEffect, useRef, useState } from 'react'
import type { Plot } from './drawings.ts'
import { saveSvg } from './export.tsx'

/** Not the swatches of its legend. */
const pictureIn = (holder: HTMLElement) => holder.querySelector<SVGSVGElement>(':scope > svg, :scope > figure > svg')

/**
 * A drawing by Observable Plot, which is loaded when the first one is needed. What it shows stands in a table or a text
 * beside it too: `label` says so to a screen reader.
 */
export function Chart({
  draw,
  label,
  name,
}: {
  readonly draw: (plot: Plot, width: number) => PlotOptions
  readonly label: string
  readonly name: string
}) {
  const holder = useRef<HTMLDivElement>(null)
  const [plot, setPlot] = useState<Plot | null>(null)
  const [width, setWidth] = useState(640)
  useEffect(() => {
    void import('@observablehq/plot').then(setPlot)
    const element = holder.current
    if (!element) return
    const observer = new ResizeObserver(
      ([entry]) => entry && setWidth(Math.max(280, Math.floor(entry.contentRect.width))),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    if (!plot || !holder.current) return
    const drawn = plot.plot({ width, style: { background: 'transparent', fontSize: '12px' }, ...draw(plot, width) })
    holder.current.replaceChildren(drawn)
    // The drawing is one picture with one description: its parts need none.
    for (const part of drawn.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
    const picture = pictureIn(holder.current)
    picture?.setAttribute('role', 'img')
    picture?.setAttribute('aria-label', label)
  }, [plot, width, draw, label])
  const onSave = () => {
    const svg = holder.current && pictureIn(holder.current)
    if (svg) saveSvg(svg, name)
  }
  return (
    <figure className="chart">
      <div ref={holder} className="drawing" />
      <button type="button" className="small" onClick={onSave}>
        SVG
      </button>
    </figure>
  )
}
