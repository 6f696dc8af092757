// Every part of the page in every state that it has, on invented figures: what a designer looks at, and what is looked at
// when a token changes.
import { type ReactNode, useState } from 'react'
import { ApiError } from '../client.ts'
import { usePageTitle } from '../page-title.ts'
import { Chart } from '../parts/chart.tsx'
import { Choice } from '../parts/choice.tsx'
import { Shown } from '../parts/data.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { COLORS, FIGURES, PATH, TARGET } from '../parts/palette.ts'
import { Quoted } from '../parts/quoted.tsx'
import { Day, Source } from '../parts/source.tsx'
import { Bar, STATUSES, Status, Synthetic } from '../parts/status.tsx'
import { Trend } from '../parts/trend.tsx'
import { UnitPicker } from '../parts/unit-picker.tsx'
import { useSettings } from '../settings.tsx'

const TEXT = {
  title: ['Thành phần giao diện', 'Parts of the page'],
  lead: [
    'Mọi thành phần của các trang, ở mọi trạng thái. Số liệu ở đây là giả lập.',
    'Every part of the pages in each of its states. The figures here are synthetic.',
  ],
  surfaces: ['Màu nền và màu chữ', 'Surfaces and ink'],
  sample: ['Chữ mẫu 31,10%', 'Sample 31.10%'],
  drawings: ['Màu của hình vẽ', 'Colours of drawings'],
  type: ['Cỡ chữ', 'Type'],
  heading: ['Tiêu đề', 'Heading'],
  body: ['Chữ thường: Mường Ảng, Điện Biên Đông, Tủa Chùa.', 'Body: Mường Ảng, Điện Biên Đông, Tủa Chùa.'],
  small: ['Chữ nhỏ', 'Small'],
  space: ['Khoảng cách', 'Space'],
  statuses: ['Trạng thái và tiến độ', 'Statuses and pace'],
  figures: ['Số liệu', 'Figures'],
  quoted: ['Trích dẫn', 'Quotes'],
  choosing: ['Chọn', 'Choosing'],
  cluster: ['Cụm', 'Cluster'],
  table: ['Bảng', 'Table'],
  unit: ['Đơn vị', 'Unit'],
  value: ['Giá trị', 'Value'],
  day: ['Ngày', 'Day'],
  line: ['Diễn biến', 'Trend'],
  chart: ['Biểu đồ', 'Chart'],
  answers: ['Câu trả lời của máy chủ', 'Answers of the server'],
  refused: ['Bị từ chối', 'Refused'],
  failed: ['Không tải được', 'Failed'],
  old: ['Số liệu cũ', 'Old'],
  arrived: ['Câu trả lời trước đó vẫn hiển thị.', 'What was there stays.'],
  notices: ['Thông báo', 'Notices'],
  buttons: ['Nút', 'Buttons'],
  act: ['Lưu số liệu', 'Store figures'],
} as const

/** Pairs of tokens that stand on each other, as `tokens.css` has them. */
const SURFACES = [
  ['--paper', '--ink'],
  ['--paper', '--quiet'],
  ['--paper', '--link'],
  ['--shade', '--ink'],
  ['--brand', '--brand-ink'],
  ['--met', '--met-ink'],
  ['--progress', '--progress-ink'],
  ['--ahead', '--progress-ink'],
  ['--behind', '--behind-ink'],
  ['--missed', '--missed-ink'],
  ['--open', '--open-ink'],
  ['--none', '--none-ink'],
  ['--warn', '--warn-ink'],
] as const

interface Row {
  readonly code: string
  readonly name: string
  readonly value: number | null
  readonly asOf: string
  readonly points: readonly number[]
}
const ROWS: readonly Row[] = [
  { code: 'a', name: 'Huyện A', value: 812.5, asOf: '2030-06-30', points: [120, 300, 540, 812.5] },
  { code: 'b', name: 'Huyện B', value: 44, asOf: '2030-09-30', points: [44, 44] },
  { code: 'c', name: 'Thị xã C', value: null, asOf: '2030-09-30', points: [] },
]
const MONTHS = ['2030-03-31', '2030-06-30', '2030-09-30', '2030-12-31']

export default function Components() {
  const { language } = useSettings()
  const s = (key: keyof typeof TEXT) => TEXT[key][language === 'vi' ? 0 : 1]
  usePageTitle(s('title'))
  return (
    <>
      <h1>{s('title')}</h1>
      <p className="lead">
        {s('lead')} <Synthetic show />
      </p>
      <Part title={s('surfaces')}>
        <ul className="cards">
          {SURFACES.map(([surface, ink]) => (
            <li
              key={surface + ink}
              style={{ background: `var(${surface})`, color: `var(${ink})`, padding: 'var(--gap)' }}
            >
              {s('sample')}
              <br />
              <code>
                {surface} / {ink}
              </code>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={s('drawings')}>
        <Drawings />
      </Part>
      <Part title={s('type')}>
        <h3>{s('heading')} 3</h3>
        <p>{s('body')}</p>
        <p>
          <small>{s('small')}</small> · <span className="quiet">{s('small')}</span> · <code>chi-tieu/forest-cover</code>
        </p>
      </Part>
      <Part title={s('statuses')}>
        <p>
          {STATUSES.map((status) => (
            <span key={status}>
              <Status status={status} />{' '}
            </span>
          ))}
          {(['AHEAD', 'ON_TRACK', 'BEHIND'] as const).map((pace) => (
            <span key={pace}>
              <Status status="IN_PROGRESS" pace={pace} />{' '}
            </span>
          ))}
        </p>
        {[null, 0, 0.42, 0.9996, 1, 1.4].map((completion) => (
          <div key={completion}>
            <Bar completion={completion} elapsed={0.75} />
          </div>
        ))}
      </Part>
      <Part title={s('figures')}>
        <p>
          <Day of={{ asOf: '2030-09-30', source: null, synthetic: true }} /> ·{' '}
          <Source of={{ asOf: '2030-09-30', source: 'Báo cáo 12/BC, https://example.org/12', synthetic: true }} /> ·{' '}
          <Day of={null} />
        </p>
      </Part>
      <Part title={s('quoted')}>
        <p>
          <Quoted quote="tỷ lệ che phủ rừng đạt 44%" intended={null} />
        </p>
        <p>
          <Quoted quote="tỷ lệ che phủ rùng đạt 44%" intended="tỷ lệ che phủ rừng đạt 44%" />
        </p>
      </Part>
      <Part title={s('choosing')}>
        <Choosing cluster={s('cluster')} unit={s('unit')} />
      </Part>
      <Part title={s('table')}>
        <Rows words={s} />
      </Part>
      <Part title={s('chart')}>
        <Bars title={s('chart')} />
      </Part>
      <Part title={s('answers')}>
        <Answers words={s} />
      </Part>
      <Part title={s('notices')}>
        <p className="warning">{s('lead')}</p>
      </Part>
      <Part title={s('buttons')}>
        <p className="actions">
          <button type="button">{s('act')}</button>{' '}
          <button type="button" disabled>
            {s('act')}
          </button>{' '}
          <button type="button" className="small">
            CSV
          </button>{' '}
          <button type="button" aria-pressed="true">
            31/12
          </button>
        </p>
      </Part>
    </>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Drawings() {
  const { t } = useSettings()
  const colors = [
    ...STATUSES.map((status) => [t(status), COLORS[status]] as const),
    [t('path'), PATH] as const,
    [t('target'), TARGET] as const,
    ...FIGURES.map((color, i) => [String(i + 1), color] as const),
  ]
  return (
    <ul className="legend">
      {colors.map(([name, color]) => (
        <li key={name}>
          <span className="dot" style={{ background: color }} aria-hidden="true" /> {name} <code>{color}</code>
        </li>
      ))}
    </ul>
  )
}

function Choosing({ cluster, unit }: { readonly cluster: string; readonly unit: string }) {
  const [value, setValue] = useState('1')
  return (
    <p className="actions">
      <Choice
        label={cluster}
        value={value}
        options={[
          ['1', `${cluster} 1`],
          ['2', `${cluster} 2`],
        ]}
        onChange={setValue}
      />{' '}
      <UnitPicker label={unit} units={ROWS} onChoose={() => undefined} />
    </p>
  )
}

type Words = (key: keyof typeof TEXT) => string

function Rows({ words }: { readonly words: Words }) {
  const { number } = useSettings()
  const columns: readonly Column<Row>[] = [
    { id: 'unit', head: words('unit'), text: ({ name }) => name, names: true },
    {
      id: 'value',
      head: words('value'),
      text: ({ value }) => value,
      cell: ({ value }) => (value === null ? <Status status="NO_DATA" /> : number(value)),
      numeric: true,
    },
    {
      id: 'day',
      head: words('day'),
      text: ({ asOf }) => asOf,
      cell: ({ asOf }) => <Day of={{ asOf, source: null, synthetic: true }} />,
    },
    {
      id: 'line',
      head: words('line'),
      text: ({ points }) => points.join('; '),
      cell: ({ points }) => (
        <Trend points={points.map((value, i) => ({ value, asOf: MONTHS[i] as string, synthetic: true }))} />
      ),
    },
  ]
  return <DataTable label={words('table')} file="gia-lap" rows={ROWS} columns={columns} keyOf={({ code }) => code} />
}

function Bars({ title }: { readonly title: string }) {
  return (
    <Chart
      name="gia-lap"
      label={`${title}: ${ROWS.map(({ name, value }) => `${name} ${value ?? '–'}`).join('; ')}`}
      told={{ title, legend: [[COLORS.IN_PROGRESS, title]], synthetic: true }}
      draw={BARS}
    />
  )
}
/** Outside, so that a new rendering is no new drawing. */
const BARS: Parameters<typeof Chart>[0]['draw'] = (plot) => ({
  height: 150,
  marginLeft: 80,
  x: { label: null },
  y: { label: null },
  marks: [plot.barX(ROWS, { x: 'value', y: 'name', fill: COLORS.IN_PROGRESS })],
})

function Answers({ words }: { readonly words: Words }) {
  const states = [
    ['refused', undefined, new ApiError(words('refused'), 'FORBIDDEN')],
    ['failed', undefined, new ApiError(words('failed'), 'DATABASE_UNAVAILABLE')],
    ['old', words('arrived'), new ApiError(words('old'), 'DATABASE_UNAVAILABLE')],
  ] as const
  return states.map(([name, data, error]) => (
    <div key={name}>
      <h3>{words(name)}</h3>
      <Shown of={{ data, error, refetch: () => undefined }}>{(text) => <p>{text}</p>}</Shown>
    </div>
  ))
}
