// Below the answer: the same question as a table, or as a link.
import { Button } from '@graphiql/react'
import { useState } from 'react'
import { type Answer, messagesOf, post, problemOf } from './api.ts'
import { Link, linkOf, linkOfSaved } from './link.tsx'
import { SaveWindow } from './save.tsx'
import { useSavedQueries } from './saved-queries.ts'
import { slugOf } from './slug.ts'
import { type OpenTab, useAsked, useKindOfOperation, useOpenTab } from './tab.ts'
import { Problem, Window } from './window.tsx'

const TABLES = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

const ONLY_QUERIES = 'Chỉ truy vấn (query) mới xuất ra bảng.'

type Ending = keyof typeof TABLES

export function AnswerBar() {
  const [problem, setProblem] = useState('')
  return (
    <div className="dienbien-answer-bar">
      <Problem text={problem} />
      <div>
        <TableButton ending="csv" onProblem={setProblem} />
        <TableButton ending="xlsx" onProblem={setProblem} />
        <LinkButton />
      </div>
    </div>
  )
}

interface TableButtonProps {
  readonly ending: Ending
  readonly onProblem: (problem: string) => void
}

function TableButton({ ending, onProblem }: TableButtonProps) {
  const askedNow = useAsked()
  const kind = useKindOfOperation()
  const [isBusy, setBusy] = useState(false)
  const load = async () => {
    setBusy(true)
    onProblem('')
    try {
      const { asked, headers, title, kind } = askedNow()
      // A mutation would be carried out once more.
      if (kind !== 'query') return onProblem(ONLY_QUERIES)
      const response = await post(asked, TABLES[ending], headers)
      if (!response.headers.get('content-type')?.startsWith(TABLES[ending])) {
        return onProblem(messagesOf((await response.json()) as Answer) || 'Không xuất được bảng.')
      }
      giveFile(await response.blob(), `${slugOf(title) || 'truy-van'}.${ending}`)
    } catch (error) {
      onProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const isQuery = kind === 'query'
  return (
    <Button
      type="button"
      disabled={isBusy || !isQuery}
      title={isQuery ? `Tải câu trả lời dưới dạng bảng ${ending.toUpperCase()}` : ONLY_QUERIES}
      onClick={() => void load()}
    >
      {ending.toUpperCase()}
    </Button>
  )
}

function giveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser takes the file after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

function LinkButton() {
  const openTab = useOpenTab()
  const saved = useSavedQueries()
  const [tab, setTab] = useState<OpenTab | null>(null)
  const close = () => setTab(null)
  const same = saved.find(({ shared, text, variables }) => shared && text === tab?.text && variables === tab.variables)
  const address = tab && (same ? linkOfSaved(same.slug) : linkOf(tab.text, tab.variables))
  return (
    <>
      <Button type="button" title="Liên kết mở lại đúng truy vấn và biến này" onClick={() => setTab(openTab())}>
        Liên kết
      </Button>
      {tab &&
        (address ? (
          <Window title="Liên kết" about="Ai mở liên kết này cũng có đúng truy vấn và biến này." onClose={close}>
            <p>Ai mở liên kết này cũng có đúng truy vấn và biến này, trong một thẻ mới:</p>
            <Link address={address} />
          </Window>
        ) : (
          <TooLong tab={tab} onClose={close} />
        ))}
    </>
  )
}

function TooLong({ tab, onClose }: { readonly tab: OpenTab; readonly onClose: () => void }) {
  const [isSaving, setSaving] = useState(false)
  if (isSaving) return <SaveWindow tab={tab} onClose={onClose} />
  return (
    <Window title="Liên kết" about="Truy vấn quá dài để đưa vào một liên kết." onClose={onClose}>
      <p>Truy vấn này quá dài để đưa vào một liên kết. Hãy lưu và chọn “Dùng chung” để có liên kết ngắn.</p>
      <Button type="button" onClick={() => setSaving(true)}>
        Lưu
      </Button>
    </Window>
  )
}
