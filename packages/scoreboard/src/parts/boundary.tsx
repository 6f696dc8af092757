import { Component, type ReactNode } from 'react'
import { useSettings } from '../settings.tsx'

interface Props {
  /** Another one is another view, which is tried anew. */
  readonly of: string
  readonly children: ReactNode
}

/** Where a view fails the page stays, says so, and has a way on. */
export class Boundary extends Component<Props, { readonly error: unknown; readonly of: string | null }> {
  override state = { error: null, of: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  static getDerivedStateFromProps({ of }: Props, state: { readonly error: unknown; readonly of: string | null }) {
    return of === state.of ? null : { error: null, of }
  }

  override render() {
    return this.state.error === null ? this.props.children : <Failed error={this.state.error} />
  }
}

/** A part of the page could not be fetched: no network, or a newer version has taken the place of this one. */
const isUnfetched = (error: unknown) =>
  error instanceof Error && /import|module|fetch|preload|chunk/i.test(error.message)

function Failed({ error }: { readonly error: unknown }) {
  const { t, to } = useSettings()
  return (
    <div className="state" role="alert">
      <h1>{t(isUnfetched(error) ? 'unfetched' : 'broken')}</h1>
      <p>{t(isUnfetched(error) ? 'unfetchedHelp' : 'brokenHelp')}</p>
      <p className="actions">
        <button type="button" onClick={() => location.reload()}>
          {t('reload')}
        </button>{' '}
        {/* Not by the page's own way, which may be what is broken. */}
        <a href={to('/')}>{t('toOverview')}</a>
      </p>
      {!isUnfetched(error) && <code>{String(error)}</code>}
    </div>
  )
}
