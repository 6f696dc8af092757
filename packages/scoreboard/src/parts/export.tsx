import type { PlotOptions } from '@observablehq/plot'
import { type Document, download } from '../client.ts'
import { useSettings } from '../settings.tsx'
import { type Told, useCaption } from './chart.tsx'
import type { Plot } from './drawings.ts'
import { saveSvg } from './picture.ts'
import { useSaving } from './use-saving.tsx'

/** All figures that a view has asked for as a spreadsheet, the view as a drawing, and on paper. Each table has its own CSV. */
export function Exports<Data, Variables>({
  document: query,
  variables,
  name,
  draw,
  told: words,
}: {
  readonly document: Document<Data, Variables>
  readonly variables: Variables
  readonly name: string
  /** The view as a drawing, where it has none on the screen. */
  readonly draw?: ((plot: Plot) => PlotOptions) | undefined
  readonly told?: Told
}) {
  const { t } = useSettings()
  const caption = useCaption()
  const [saving, told] = useSaving()
  const saveDrawing = async () => {
    const plot = await import('@observablehq/plot').catch(() => {
      throw new Error(t('offline'))
    })
    if (draw && words) saveSvg(plot.plot(draw(plot)) as SVGSVGElement, name, caption(words))
  }
  return (
    <div className="exports">
      <button
        type="button"
        title={t('xlsxHelp')}
        onClick={() => saving(() => download(query, variables, 'xlsx', name))}
      >
        XLSX
      </button>
      {draw && (
        <button type="button" onClick={() => saving(saveDrawing)}>
          SVG
        </button>
      )}
      <button type="button" onClick={() => window.print()}>
        {t('print')}
      </button>
      {told}
    </div>
  )
}
