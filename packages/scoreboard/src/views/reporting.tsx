import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import type { ApiError } from '../client.ts'
import { Reporting as ReportingQuery } from '../generated/api.ts'
import { usePageTitle } from '../page-title.ts'
import { Shown, useApi } from '../parts/data.tsx'
import { FileDrop } from '../parts/file-drop.tsx'
import { ReportForm } from '../parts/report-form.tsx'
import { Reported } from '../parts/reported.tsx'
import { UnitPicker } from '../parts/unit-picker.tsx'
import { useUnits } from '../parts/use-units.ts'
import { type Session, signIn, signOut, useSession } from '../session.ts'
import { useSettings } from '../settings.tsx'
import { goToProvider, isReturning, type Provider, readProvider, takeToken } from '../sign-in.ts'

/** Figures in: a table with checks, or a file that is read on trial first. */
export default function Reporting() {
  const { t, get, set, year, asOf, locale, date, province } = useSettings()
  const session = useSession()
  const code = get('unit') ?? session?.unit ?? province.code
  const answer = useApi(ReportingQuery, { code, year, asOf, locale }, { session })
  const units = useUnits()
  usePageTitle(t('reporting'))
  const refused = useRefusal(session, answer.error)
  return (
    <>
      <h1>
        {t('reporting')} {year}
      </h1>
      {session ? <WhoAmI session={session} /> : <SignIn refused={refused} />}
      <Shown of={units}>
        {(nodes) => (
          <div className="filters">
            <UnitPicker
              key={code}
              label={t('reportUnit')}
              units={nodes}
              chosen={code}
              onChoose={(unit) => set({ unit })}
            />
            <span>
              {t('reportDay')} <strong>{date(asOf)}</strong> <span className="quiet">({t('reportDayHelp')})</span>
            </span>
          </div>
        )}
      </Shown>
      <Shown of={answer}>
        {({ unit }) => (
          <>
            <h2>{unit.name}</h2>
            {!session && <p className="state">{t('noRight')}</p>}
            {session && !unit.viewerCan && (
              <p className="state" role="alert">
                {t('mayNot')}
              </p>
            )}
            {session && unit.viewerCan && (
              <>
                <ReportForm key={`${unit.code} ${asOf}`} unit={unit} />
                <FileDrop unit={unit.code} />
              </>
            )}
            {session && <Reported unit={unit.code} session={session} />}
          </>
        )}
      </Shown>
    </>
  )
}

/** Whom the server does not know is not signed in, and is told why where the token is given; what was typed stays. */
function useRefusal(session: Session | null, error: ApiError | null): string | null {
  const [refused, setRefused] = useState<string | null>(null)
  const isUnknown = session !== null && error?.code === 'UNAUTHENTICATED'
  useEffect(() => {
    if (!isUnknown) return
    setRefused(error.message)
    signOut()
  }, [isUnknown, error])
  return refused
}

/** Those that the page has words for. */
const ROLES = ['reporter', 'analyst', 'head', 'council', 'administrator'] as const

function WhoAmI({ session }: { readonly session: Session }) {
  const { t, moment } = useSettings()
  const until = session.until && moment(session.until)
  const known = ROLES.find((role) => role === session.role)
  return (
    <p className="filters">
      <span>
        {t('signedIn')} <strong>{session.subject ?? '?'}</strong> (
        {[known ? t(known) : session.role, session.unit].filter(Boolean).join(', ')})
        {until && `, ${t('until')} ${until}`}
      </span>
      <button type="button" onClick={signOut}>
        {t('signOut')}
      </button>
    </p>
  )
}

function SignIn({ refused }: { readonly refused: string | null }) {
  const { t } = useSettings()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const token = String(new FormData(event.currentTarget).get('token') ?? '').trim()
    if (token) signIn(token)
  }
  return (
    <>
      <AtProvider />
      <form className="filters" onSubmit={submit}>
        <label>
          {t('signIn')} <input name="token" type="password" autoComplete="off" required />
        </label>
        <button type="submit">{t('enter')}</button>
        {refused && (
          <p className="wrong" role="alert">
            {refused}
          </p>
        )}
        <p className="quiet">{t('signInHelp')}</p>
      </form>
    </>
  )
}

/** Asked once for as long as the page stands. */
const PROVIDER = { queryKey: ['provider'], queryFn: readProvider, staleTime: Number.POSITIVE_INFINITY }

/** The way by the office's own provider, where the server has one; and back from it. */
function AtProvider() {
  const { t } = useSettings()
  const { data: provider } = useQuery(PROVIDER)
  const going = useMutation<void, Error, Provider>({ mutationFn: goToProvider })
  const coming = useMutation<void, Error, Provider>({
    mutationFn: async (from) => signIn(await takeToken(from), from.claims),
  })
  const { mutate: come } = coming
  useEffect(() => {
    if (provider && isReturning()) come(provider)
  }, [provider, come])
  if (!provider) return null
  const error = going.error ?? coming.error
  return (
    <div className="filters">
      <button type="button" disabled={going.isPending || coming.isPending} onClick={() => going.mutate(provider)}>
        {t('signInAt')} {new URL(provider.issuer).host}
      </button>
      {error && (
        <p className="wrong" role="alert">
          {t('signInFailed')} <small lang="en">{error.message}</small>
        </p>
      )}
    </div>
  )
}
