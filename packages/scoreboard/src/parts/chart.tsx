import type { PlotOptions } from '@observablehq/plot'
import { useEffect, useRef, useState } from 'react'
import { saveSvg } from './export.tsx'

type Plot = typeof import('@observablehq/plot')

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
    const svg = plot.plot({ width, style: { background: 'transparent', fontSize: '12px' }, ...draw(plot, width) })
    svg.setAttribute('role', 'img')
    svg.setAttribute('aria-label', label)
    holder.current.replaceChildren(svg)
  }, [plot, width, draw, label])
  const onSave = () => {
    const svg = holder.current?.querySelector('svg')
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
