// The lists at the side: ready queries, and saved ones.
import type { GraphiQLPlugin } from '@graphiql/react'
import { linkOfSaved } from './link.tsx'
import { type Opened, options, type ReadyQuery } from './options.ts'
import { useSavedQueries } from './saved-queries.ts'
import { useSession } from './session.ts'
import { useOpenQuery } from './tab.ts'

interface EntryProps {
  readonly name: string
  readonly about: string
  readonly query: Opened
  readonly link?: string | undefined
}

function Entry({ name, about, query, link }: EntryProps) {
  const open = useOpenQuery()
  return (
    <li>
      <button type="button" className="dienbien-entry" onClick={() => open(query)}>
        <strong>{name}</strong>
        {about && <span>{about}</span>}
      </button>
      {link && (
        <a className="dienbien-entry-link" href={link} title="Liên kết để gửi người khác">
          Liên kết
        </a>
      )}
    </li>
  )
}

const isChange = ({ kind }: ReadyQuery) => kind === 'mutation'

const READY = [
  { title: 'Hỏi', queries: options.ready.filter((one) => !isChange(one)) },
  { title: 'Từ giao ước đến quyết định (cần đăng nhập)', queries: options.ready.filter(isChange) },
]

function Ready() {
  return (
    <section className="dienbien-list" aria-label="Truy vấn có sẵn">
      <h2>Truy vấn có sẵn</h2>
      {READY.map(({ title, queries }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <ul>
            {queries.map((query) => (
              <Entry key={query.name} name={query.name} about={query.about} query={query} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

function Saved() {
  const session = useSession()
  const saved = useSavedQueries()
  const groups = [
    { title: 'Dùng chung', queries: saved.filter(({ shared }) => shared) },
    { title: 'Của riêng bạn', queries: saved.filter(({ shared }) => !shared) },
  ]
  return (
    <section className="dienbien-list" aria-label="Truy vấn đã lưu">
      <h2>Truy vấn đã lưu</h2>
      {saved.length === 0 && <p>Chưa có truy vấn nào. Nút “Lưu” ở góc trên bên phải lưu thẻ đang mở.</p>}
      {!session && <p>Đăng nhập để thấy cả những truy vấn của riêng bạn.</p>}
      {groups
        .filter(({ queries }) => queries.length > 0)
        .map(({ title, queries }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <ul>
              {queries.map((query) => (
                <Entry
                  key={query.slug}
                  name={query.title}
                  about={query.description}
                  query={query}
                  link={query.shared ? linkOfSaved(query.slug) : undefined}
                />
              ))}
            </ul>
          </section>
        ))}
    </section>
  )
}

const picture = (path: string) => () => (
  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
    <path d={path} strokeLinecap="round" strokeLinejoin="round" />
  </svg>
)

export const READY_PLUGIN: GraphiQLPlugin = {
  title: 'Truy vấn có sẵn',
  icon: picture('M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5'),
  content: Ready,
}

export const SAVED_PLUGIN: GraphiQLPlugin = {
  title: 'Truy vấn đã lưu',
  icon: picture('M6 4h12v16l-6-4.5L6 20z'),
  content: Saved,
}
