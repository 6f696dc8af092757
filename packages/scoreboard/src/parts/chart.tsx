import type { PlotOptions } from '@observablehq/plot'
import { useEffect, useRef, useState } from 'react'
import { useFrame } from '../frame.ts'
import { useSettings } from '../settings.tsx'
import type { Plot } from './drawings.ts'
import { type Caption, saveSvg } from './picture.ts'
import { Synthetic } from './status.tsx'
import { usePrinting } from './use-printing.ts'

/** Pixels across an A4 page between its margins: a drawing made for a screen would shrink there, and its words with it. */
const PAPER_WIDTH = 680

/** Not the swatches of its legend. */
const pictureIn = (holder: HTMLElement) => holder.querySelector<SVGSVGElement>(':scope > svg, :scope > figure > svg')

/** What a drawing says in a file beside itself. */
export interface Told {
  readonly title: string
  readonly lines?: readonly string[]
  readonly legend?: Caption['legend']
  readonly sources?: readonly string[]
  /** Any of it is invented. */
  readonly synthetic: boolean
}

/** The whole caption of a file: with the day, the directive, and the mark. */
export function useCaption(): (caption: Told) => Caption {
  const { t, date, asOf } = useSettings()
  const frame = useFrame()
  return ({ title, lines = [], legend = [], sources = [], synthetic }) => ({
    title,
    lines: [`${t('asOf')} ${date(asOf)}`, ...lines, ...(synthetic ? [t('syntheticPicture')] : [])],
    legend,
    notes: [
      ...(sources.length > 0 ? [`${t('source')}: ${[...new Set(sources)].join('; ')}`] : []),
      `${t('directive')} ${frame?.number ?? ''}, ${frame?.title ?? ''}. ${location.origin}${location.pathname}`,
    ],
  })
}

/**
 * A drawing by Observable Plot, which is loaded when the first one is needed. What it shows stands in a table or a text
 * beside it too: `label` says so to a screen reader.
 */
export function Chart({
  draw,
  label,
  name,
  told: words,
}: {
  readonly draw: (plot: Plot, width: number) => PlotOptions
  readonly label: string
  readonly name: string
  readonly told: Told
}) {
  const { t } = useSettings()
  const caption = useCaption()
  const holder = useRef<HTMLDivElement>(null)
  const [plot, setPlot] = useState<Plot | null>(null)
  const [isMissing, setMissing] = useState(false)
  const [screenWidth, setScreenWidth] = useState(640)
  const width = usePrinting() ? PAPER_WIDTH : screenWidth
  useEffect(() => {
    // Where it cannot be fetched, the table beside it says the same.
    import('@observablehq/plot').then(setPlot, () => setMissing(true))
    const element = holder.current
    if (!element) return
    const observer = new ResizeObserver(
      ([entry]) => entry && setScreenWidth(Math.max(280, Math.floor(entry.contentRect.width))),
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
    if (svg) saveSvg(svg, name, caption(words))
  }
  return (
    <figure className="chart">
      {isMissing ? <p className="quiet">{t('noChart')}</p> : <div ref={holder} className="drawing" />}
      {words.legend && words.legend.length > 0 && (
        <ul className="legend">
          {words.legend.map(([color, entry, shape = 'dot']) => (
            <li key={entry}>
              <span className={shape} style={{ background: color }} aria-hidden="true" /> {entry}
            </li>
          ))}
        </ul>
      )}
      <figcaption className="exports">
        <Synthetic show={words.synthetic} />
        <button type="button" className="small" onClick={onSave}>
          SVG
        </button>
      </figcaption>
    </figure>
  )
}
