// One sign-in for all tabs.
import { Button } from '@graphiql/react'
import { type FormEvent, useState } from 'react'
import { problemOf } from './api.ts'
import { signIn, signOut } from './saved-queries.ts'
import { type Session, useSession } from './session.ts'
import { Problem, Window } from './window.tsx'

const ROLES: Readonly<Record<string, string>> = {
  analyst: 'Người phân tích',
  reporter: 'Người báo cáo',
  head: 'Trưởng cụm, khối',
  council: 'Hội đồng',
  administrator: 'Người quản trị',
}

const TIME = new Intl.DateTimeFormat('vi-VN', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

const roleOf = ({ role }: Session) => ROLES[role] ?? role

export function SignIn() {
  const session = useSession()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button type="button" className="dienbien-button" onClick={() => setOpen(true)}>
        {session ? roleOf(session) : 'Đăng nhập'}
      </Button>
      {isOpen && (
        <Window
          title={session ? 'Đã đăng nhập' : 'Đăng nhập'}
          about="Một lần đăng nhập cho mọi thẻ truy vấn."
          onClose={() => setOpen(false)}
        >
          {session ? <Who session={session} /> : <TokenForm />}
        </Window>
      )}
    </>
  )
}

function Who({ session }: { readonly session: Session }) {
  const { subject, unit, until } = session
  return (
    <>
      <dl className="dienbien-facts">
        <dt>Người dùng</dt>
        <dd>{subject}</dd>
        <dt>Vai trò</dt>
        <dd>{roleOf(session)}</dd>
        {unit && (
          <>
            <dt>Mã đơn vị</dt>
            <dd>{unit}</dd>
          </>
        )}
        {until && (
          <>
            <dt>Có hiệu lực đến</dt>
            <dd>
              <time dateTime={until.toISOString()}>{TIME.format(until)}</time>
            </dd>
          </>
        )}
      </dl>
      <Button type="button" onClick={() => void signOut()}>
        Đăng xuất
      </Button>
    </>
  )
}

function TokenForm() {
  const [token, setToken] = useState('')
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(await signIn(token).catch(problemOf))
    setBusy(false)
  }
  return (
    <form onSubmit={submit} className="dienbien-form" autoComplete="off">
      <label>
        Mã truy cập
        <input type="password" autoComplete="off" required value={token} onChange={(e) => setToken(e.target.value)} />
      </label>
      <p>
        Mã truy cập do người quản trị cấp, dùng chung cho mọi thẻ truy vấn. Trang này không lưu mã: tải lại trang hoặc
        đóng trình duyệt thì phải đăng nhập lại.
      </p>
      <Problem text={problem} />
      <Button type="submit" disabled={isBusy || token.trim() === ''}>
        Đăng nhập
      </Button>
    </form>
  )
}
