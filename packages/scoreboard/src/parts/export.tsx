import type { PlotOptions } from '@observablehq/plot'
import { type Document, download, save } from '../client.ts'
import { useSettings } from '../settings.tsx'
import type { Plot } from './drawings.ts'

/** The figures of a view as files, and the view on paper. */
export function Exports<Data, Variables>({
  document: query,
  variables,
  name,
  draw,
}: {
  readonly document: Document<Data, Variables>
  readonly variables: Variables
  readonly name: string
  /** The view as a drawing, where it has none on the screen. */
  readonly draw?: ((plot: Plot) => PlotOptions) | undefined
}) {
  const { t } = useSettings()
  const saveDrawing = async () => {
    const plot = await import('@observablehq/plot')
    if (draw) saveSvg(plot.plot(draw(plot)) as SVGSVGElement, name)
  }
  return (
    <div className="exports">
      <button type="button" onClick={() => download(query, variables, 'csv', name)}>
        CSV
      </button>
      <button type="button" onClick={() => download(query, variables, 'xlsx', name)}>
        XLSX
      </button>
      {draw && (
        <button type="button" onClick={saveDrawing}>
          SVG
        </button>
      )}
      <button type="button" onClick={() => window.print()}>
        {t('print')}
      </button>
    </div>
  )
}

/** A drawing as a file of its own. */
export function saveSvg(svg: SVGSVGElement, name: string): void {
  const copy = svg.cloneNode(true) as SVGSVGElement
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.style.background = '#fff'
  save(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }), `${name}.svg`)
}
