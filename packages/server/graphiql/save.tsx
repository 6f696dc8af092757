// "Lưu": keeps the open tab under a name.
import { Button } from '@graphiql/react'
import { type FormEvent, useState } from 'react'
import { problemOf } from './api.ts'
import { Link, linkOfSaved } from './link.tsx'
import { type Saved, save, useSavedQueries } from './saved-queries.ts'
import { useSession } from './session.ts'
import { slugOf } from './slug.ts'
import { type OpenTab, useOpenTab } from './tab.ts'
import { Problem, Window } from './window.tsx'

export function SaveButton() {
  const openTab = useOpenTab()
  const [tab, setTab] = useState<OpenTab | null>(null)
  return (
    <>
      <Button type="button" className="dienbien-button" onClick={() => setTab(openTab())}>
        Lưu
      </Button>
      {tab && <SaveWindow tab={tab} onClose={() => setTab(null)} />}
    </>
  )
}

export function SaveWindow({ tab, onClose }: { readonly tab: OpenTab; readonly onClose: () => void }) {
  const [saved, setSaved] = useState<Saved | null>(null)
  return (
    <Window title="Lưu truy vấn" about="Lưu truy vấn của thẻ đang mở, cùng các biến của nó." onClose={onClose}>
      {saved ? <Done saved={saved} /> : <SaveForm tab={tab} onSaved={setSaved} />}
    </Window>
  )
}

const Done = ({ saved }: { readonly saved: Saved }) => (
  <>
    <p role="status">
      Đã lưu “{saved.slug}”, phiên bản {saved.version}.
    </p>
    {saved.shared ? (
      <>
        <p>Ai có liên kết này cũng mở được truy vấn:</p>
        <Link address={linkOfSaved(saved.slug)} />
      </>
    ) : (
      <p>Chỉ bạn thấy truy vấn này, trong mục “Truy vấn đã lưu”, sau khi đăng nhập.</p>
    )}
  </>
)

function SaveForm({ tab, onSaved }: { readonly tab: OpenTab; readonly onSaved: (saved: Saved) => void }) {
  const session = useSession()
  const known = useSavedQueries()
  const [title, setTitle] = useState(tab.title.startsWith('<') ? '' : tab.title)
  const [slug, setSlug] = useState<string | null>(null)
  const [description, setDescription] = useState('')
  const [shared, setShared] = useState(true)
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const name = slug ?? slugOf(title)
  const expected = known.find((one) => one.slug === name)?.version ?? 0
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const { text, variables } = tab
    const input = { slug: name, title, description, text, variables, shared, expected }
    const answer = await save(input).catch(problemOf)
    setBusy(false)
    if (typeof answer === 'string') setProblem(answer)
    else onSaved(answer)
  }
  return (
    <form onSubmit={submit} className="dienbien-form">
      {!session && <p className="dienbien-note">Bạn chưa đăng nhập: cần đăng nhập mới lưu được.</p>}
      <label>
        Tên
        <input required maxLength={200} value={title} onChange={(e) => setTitle(e.target.value)} />
      </label>
      <label>
        Tên trong liên kết
        <input required maxLength={200} value={name} onChange={(e) => setSlug(e.target.value)} />
      </label>
      {expected > 0 && (
        <p className="dienbien-note">
          Đã có truy vấn mang tên này, phiên bản {expected}: lưu sẽ thêm phiên bản {expected + 1}.
        </p>
      )}
      <label>
        Mô tả: truy vấn trả lời câu hỏi nào
        <textarea rows={2} value={description} onChange={(e) => setDescription(e.target.value)} />
      </label>
      <label className="dienbien-check">
        <input type="checkbox" checked={shared} onChange={(e) => setShared(e.target.checked)} />
        Dùng chung: ai cũng thấy và mở được bằng liên kết
      </label>
      <Problem text={problem} />
      <Button type="submit" disabled={isBusy}>
        Lưu
      </Button>
    </form>
  )
}
