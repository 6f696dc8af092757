import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { Register, type RegisterRows } from '../figures/register.ts'
import type { Unit } from '../generated/prisma/client.ts'
import { searchKey } from '../search-key.ts'
import type { UnitChanges } from './unit-changes.ts'
import { planUnitChanges } from './unit-checks.ts'

const seed = (name: string) => readFileSync(new URL(`../../../../prisma/seed/${name}`, import.meta.url), 'utf8')

/** The units of 2022 as they are published. */
const UNITS_2022: RegisterRows = {
  units: (parse(seed('units.csv'), { columns: true }) as Record<string, string>[]).map(
    (row) =>
      ({
        id: row.gso_code,
        code: row.gso_code,
        name: row.name_vi,
        nameEn: row.name_vi,
        kind: row.type_vi,
        level: row.level,
        parentId: row.parent_gso_code || null,
        searchKey: searchKey(row.name_vi ?? ''),
        validFrom: null,
        validTo: null,
        synthetic: false,
        source: 'Tổng cục Thống kê',
      }) as Unit,
  ),
}
/** What became of them in 2025, as a client sends it; enums are lower case inside. */
const UNITS_2025 = JSON.parse(seed('units-2025.json'), (key, value) =>
  key === 'level' || key === 'succession' ? value.toLowerCase() : value,
) as UnitChanges

const DECISION = 'Quyết định 12/QĐ-UBND'
const plan = (changes: Omit<UnitChanges, 'decision'>, rows = UNITS_2022) =>
  planUnitChanges(rows, { decision: DECISION, ...changes })
const problems = (changes: Omit<UnitChanges, 'decision'>, rows = UNITS_2022) =>
  plan(changes, rows).problems.map(({ path, code }) => `${path.join('.')} ${code}`)

/** The rows with a plan stored. */
function stored(changes: Omit<UnitChanges, 'decision'>, rows = UNITS_2022): Required<RegisterRows> {
  const { plan: planned, problems: wrong } = plan(changes, rows)
  expect(wrong).toEqual([])
  const { lastDays } = planned
  return {
    units: [...rows.units, ...planned.units].map((unit) => {
      const last = lastDays.get(unit.id)
      return last ? { ...unit, validTo: new Date(last.day) } : unit
    }),
    states: [...(rows.states ?? []), ...planned.states],
    aliases: [...(rows.aliases ?? []), ...planned.aliases],
    successions: [...(rows.successions ?? []), ...planned.successions],
  }
}

const commune = (code: string, more: object = {}) =>
  ({ code, name: `Xã ${code}`, kind: 'Xã', level: 'commune', parent: '096', from: '2023-01-01', ...more }) as const

describe('the 129 communes of Điện Biên become 45, and the districts end', () => {
  const register = new Register(stored(UNITS_2025))
  const count = (day: string, level: string) => register.on(day).units.filter((unit) => unit.level === level).length

  test('each day has its units', () => {
    expect([count('2025-06-30', 'commune'), count('2025-06-30', 'district')]).toEqual([129, 10])
    expect([count('2025-07-01', 'commune'), count('2025-07-01', 'district')]).toEqual([45, 0])
  })

  test('one code is of two units, at different times', () => {
    const [before, after] = ['2022-12-31', '2025-07-01'].map((day) => register.on(day).unit('03127'))
    expect([before?.id, before?.name]).toEqual(['03127', 'Phường Him Lam'])
    expect([after?.id, after?.name, after?.nameEn]).toEqual([
      '03127-2025',
      'Phường Điện Biên Phủ',
      'Điện Biên Phủ ward',
    ])
    expect(register.holders('03127').map(({ name, from, to }) => [name, from, to])).toEqual([
      ['Phường Him Lam', null, '2025-06-30'],
      ['Phường Điện Biên Phủ', '2025-07-01', null],
    ])
  })

  test('24 of the 45 codes were those of units of another name, one of which is only spelled otherwise', () => {
    const [before, after] = ['2022-12-31', '2025-07-01'].map((day) => register.on(day))
    const others = (after?.units ?? []).filter(({ code, name, level }) => {
      const was = before?.unit(code)
      return level === 'commune' && was && was.name !== name
    })
    expect(others).toHaveLength(24)
  })

  test('each of the 129 has one successor, by a clause of the resolution', () => {
    const communes = register.on('2022-12-31').units.filter(({ level }) => level === 'commune')
    for (const { id } of communes) {
      expect(register.successorsOf(id)).toEqual([
        expect.objectContaining({
          on: '2025-07-01',
          kind: 'merged',
          decision: expect.stringContaining('1661/NQ-UBTVQH15'),
        }),
      ])
    }
    expect(
      register
        .predecessorsOf('03127-2025')
        .map(({ predecessorId }) => predecessorId)
        .sort(),
    ).toEqual(['03127', '03130', '03133', '03136', '03142', '03145'])
  })

  test('they belong to the province, and a unit that ended is found as it last stood', () => {
    expect(register.on('2025-07-01').children('11')).toHaveLength(45)
    expect(
      register
        .on('2025-06-30')
        .children('094')
        .map(({ code }) => code),
    ).toContain('03127')
    expect(register.unit('03127', '2030-01-01')).toMatchObject({
      name: 'Phường Him Lam',
      validTo: '2025-06-30',
      parentId: '094',
    })
  })

  test('a year in which they change has rows for all of them, any other year for its own', () => {
    expect([2024, 2025, 2026].map((year) => register.during(year).length)).toEqual([140, 140 + 45, 1 + 45])
  })

  test('the same again is refused, with all that stands against it', () => {
    const again = problems(UNITS_2025, stored(UNITS_2025))
    expect(again.filter((message) => message.endsWith('code CODE_TAKEN'))).toHaveLength(45)
  })
})

describe('a unit keeps its identity', () => {
  const rows = stored({
    change: [
      { unit: '03160', from: '2023-03-01', name: 'Thị trấn Mường Nhé', kind: 'Thị trấn' },
      { unit: '03160', from: '2024-01-01', code: '03999' },
      { unit: '03161', from: '2024-01-01', parent: '097' },
    ],
    aliases: [{ unit: '03160', on: '2022-12-31', name: 'Xã Mường Nhé cũ', source: 'Biên bản (giả định)' }],
  })
  const register = new Register(rows)

  test('when it is renamed and recoded, with each name for its time', () => {
    expect(register.statesOf('03160').map(({ code, name, from, to }) => [code, name, from, to])).toEqual([
      ['03160', 'Xã Mường Nhé', null, '2023-02-28'],
      ['03160', 'Thị trấn Mường Nhé', '2023-03-01', '2023-12-31'],
      ['03999', 'Thị trấn Mường Nhé', '2024-01-01', null],
    ])
    expect(register.on('2024-06-01').unit('03999')?.id).toBe('03160')
    expect(register.on('2024-06-01').unit('03160')).toBeUndefined()
  })

  test('when it moves to another district', () => {
    const under = (day: string) => register.on(day).unitById('03161')?.parentId
    expect([under('2023-12-31'), under('2024-01-01')]).toEqual(['096', '097'])
  })

  test('and is found by every name that it has or had', () => {
    const today = register.on('2024-06-01')
    const unit = today.unitById('03160')
    expect(unit && today.searchKeyOf(unit).split('\n').sort()).toEqual([
      'thi tran muong nhe',
      'xa muong nhe',
      'xa muong nhe cu',
    ])
  })

  test('a new unit may have the code that it had before', () => {
    const { plan: planned, problems: wrong } = plan({ create: [commune('03160', { from: '2025-01-01' })] }, rows)
    expect(wrong).toEqual([])
    expect(planned.units[0]?.id).toBe('03160-2025')
  })
})

describe('what may not be is refused where it stands', () => {
  test('a code given twice on one day', () => {
    expect(problems({ create: [commune('03160')] })).toEqual(['create.0.code CODE_TAKEN'])
    expect(problems({ create: [commune('A1'), commune('A1', { from: '2024-01-01' })] })).toEqual([
      'create.0.code CODE_TAKEN',
      'create.1.code CODE_TAKEN',
    ])
    expect(problems({ change: [{ unit: '03160', from: '2023-01-01', code: '03161' }] })).toEqual([
      'change.0.code CODE_TAKEN',
    ])
  })

  test('a circle of units, also one that only comes about later', () => {
    expect(problems({ change: [{ unit: '096', from: '2023-01-01', parent: '03160' }] })).toEqual([
      'change.0.parent CYCLE',
    ])
    const later = stored({ change: [{ unit: '097', from: '2024-01-01', parent: '096' }] })
    expect(problems({ change: [{ unit: '096', from: '2023-01-01', parent: '097' }] }, later)).toEqual([
      'change.0.parent CYCLE',
    ])
  })

  test('a parent that ends before, and a district that ends above its communes', () => {
    expect(problems({ close: [{ unit: '096', lastDay: '2023-12-31' }] })).toEqual(['close.0 UNITS_BELOW'])
    expect(
      problems({
        create: [
          commune('A1', { parent: 'A2' }),
          commune('A2', { level: 'district', parent: '11', from: '2023-06-01' }),
        ],
      }),
    ).toEqual(['create.0.parent UNKNOWN_UNIT'])
  })

  test('who is merged and still stands, or stands no more', () => {
    const closed = (lastDay: string) => ({
      close: [{ unit: '03160', lastDay }],
      create: [commune('A1', { predecessors: ['03160', '03161'] })],
    })
    expect(problems(closed('2022-12-31'))).toEqual([])
    expect(problems(closed('2023-05-31'))).toEqual(['create.0.predecessors.0 PREDECESSOR_STANDS'])
    expect(
      problems({
        create: [
          commune('A1', { predecessors: ['03160'] }),
          commune('A2', { from: '2024-01-01', predecessors: ['03160'] }),
        ],
      }),
    ).toEqual(['create.1.predecessors.0 BAD_DATE'])
    // Of a unit that is split another part goes on.
    expect(problems({ create: [commune('A1', { predecessors: ['03160'], succession: 'split' })] })).toEqual([])
  })

  test('periods that overlap', () => {
    const twice = { unit: '03160', from: '2023-01-01', name: 'Xã A' }
    expect(problems({ change: [twice, { ...twice, name: 'Xã B' }] })).toEqual(['change.1.from OVERLAP'])
    expect(
      problems({
        change: [{ unit: '03160', from: '2023-01-01', name: 'Xã A' }],
        close: [{ unit: '03160', lastDay: '2022-12-30' }],
      }),
    ).toEqual(['change.0.from OVERLAP'])
    expect(
      problems({
        close: [
          { unit: '03160', lastDay: '2023-12-31' },
          { unit: '03160', lastDay: '2024-12-31' },
        ],
      }),
    ).toEqual(['close.1 OVERLAP'])
  })

  test('a last day that is known may be another one, until somebody has taken the place', () => {
    const known = stored({ close: [{ unit: '03160', lastDay: '2025-06-30' }] })
    const register = new Register(stored({ create: [commune('A1', { predecessors: ['03160'] })] }, known))
    expect(register.lifeOf('03160')).toEqual({ validFrom: null, validTo: '2022-12-31' })
    expect(problems({ close: [{ unit: '03160', lastDay: '2024-12-31' }] }, known)).toEqual([])
    const followed = stored(UNITS_2025)
    expect(problems({ close: [{ unit: '03160', lastDay: '2024-12-31' }] }, followed)).toEqual(['close.0 OVERLAP'])
    expect(problems({ create: [commune('A1', { parent: '11', predecessors: ['03160'] })] }, followed)).toEqual([
      'create.0.predecessors.0 OVERLAP',
      'create.0.predecessors.0 PREDECESSOR_STANDS',
    ])
  })

  test('names and codes that are none, days that are none, units that nobody knows: all at once', () => {
    expect(
      problems({
        create: [commune('A 1', { name: ' ', from: 'mai' })],
        change: [{ unit: '99999', from: '2023-01-01', name: 'Xã A' }],
        close: [{ unit: '03160', lastDay: '2023-02-30' }],
      }),
    ).toEqual([
      'close.0.lastDay BAD_DATE',
      'create.0.code BAD_INPUT',
      'create.0.name BAD_INPUT',
      'create.0.from BAD_DATE',
      'change.0.unit UNKNOWN_UNIT',
    ])
    expect(problems({})).toEqual([' EMPTY'])
  })

  test('a code of another time is told with whose it is', () => {
    const { problems: wrong } = plan(
      { close: [{ unit: '03127', lastDay: '2025-07-01' }] },
      {
        ...stored({ close: [{ unit: '03127', lastDay: '2025-06-30' }] }),
      },
    )
    expect(wrong[0]?.text.en).toBe(
      'no unit has the code "03127" on the day in question; it is of Phường Him Lam until 2025-06-30',
    )
  })
})
