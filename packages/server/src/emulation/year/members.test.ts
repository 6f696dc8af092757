import type { Prisma } from '../../generated/prisma/client.ts'
import { type Appointment, storeHead, storeMembership } from './members.ts'

/** The year 2022 of two clusters, as a transaction shows it; what is stored is kept in `stored`. */
function yearOf(members: Record<string, string>, heads: Record<string, string> = {}, frozen: readonly string[] = []) {
  const stored: object[] = []
  const keep = async ({ create }: { create: object }) => {
    stored.push(create)
    return create
  }
  interface Where {
    readonly clusterCode: string
    readonly unitCode: string
  }
  const transaction = {
    $queryRaw: async () => [],
    cluster: {
      findUniqueOrThrow: async ({ where: { code } }: { where: { code: string } }) => ({
        code,
        firstYear: 2022,
        lastYear: 2022,
      }),
    },
    membership: {
      findFirst: async ({ where }: { where: Where }) =>
        members[where.unitCode] === where.clusterCode ? { ...where } : null,
      findUnique: async ({ where }: { where: { unitCode_year: Where } }) => {
        const clusterCode = members[where.unitCode_year.unitCode]
        return clusterCode ? { clusterCode } : null
      },
      upsert: keep,
    },
    clusterHead: {
      findFirst: async ({ where }: { where: Where & { NOT: Where } }) => {
        const headed = Object.keys(heads).find(
          (cluster) => heads[cluster] === where.unitCode && cluster !== where.NOT.clusterCode,
        )
        return headed ? { clusterCode: headed } : null
      },
      findUnique: async ({ where }: { where: { clusterCode_year: Where } }) => {
        const unitCode = heads[where.clusterCode_year.clusterCode]
        return unitCode ? { unitCode } : null
      },
      upsert: keep,
    },
    unit: {
      findMany: async ({ where }: { where: { id: { not: string }; memberships: { some: Where } } }) =>
        Object.entries(members)
          .filter(([code, cluster]) => code !== where.id.not && cluster === where.memberships.some.clusterCode)
          .map(([code]) => ({ level: levelOf(code) })),
      findUniqueOrThrow: async ({ where: { id } }: { where: { id: string } }) => ({
        validFrom: null,
        validTo: id === '105' ? new Date('2022-06-30') : null,
      }),
    },
    frozenRanking: {
      findMany: async ({ where: { clusterCode } }: { where: { clusterCode: string | { in: string[] } } }) => {
        const asked = typeof clusterCode === 'string' ? [clusterCode] : clusterCode.in
        return asked
          .filter((code) => frozen.includes(code))
          .map((code) => ({ id: `2022-${code}-1`, clusterCode: code, year: 2022, steps: [] }))
      },
    },
  }
  return { transaction: transaction as unknown as Prisma.TransactionClient, stored }
}

/** Districts have codes of three digits, communes of five. */
const levelOf = (code: string) => (code.length === 3 ? ('district' as const) : ('commune' as const))
const appointment = (cluster: string, code: string, year = 2022): Appointment => ({
  cluster: { code: cluster, kind: 'cluster' },
  year,
  unit: { id: code, code, level: levelOf(code), parentId: '11' },
  source: 'Quyết định 5/QĐ-UBND',
})

describe('a cluster is headed', () => {
  const { transaction, stored } = yearOf({ '101': 'cao', '102': 'cao', '103': 'thap' }, { cao: '101' })
  const head = (code: string, expected: string | null = null) =>
    storeHead(transaction, appointment('cao', code), expected)

  test('by one of its members', async () => {
    await head('102', '101')
    expect(stored).toEqual([
      { clusterCode: 'cao', year: 2022, unitCode: '102', source: 'Quyết định 5/QĐ-UBND', synthetic: false },
    ])
    await expect(head('103')).rejects.toThrow('103 is no member of cao in 2022')
  })

  test('by no other than the author saw, where the author says so', async () => {
    await expect(head('102', '')).rejects.toThrow('the head of cao is "101" now, not ""')
  })
})

describe('a unit', () => {
  const membership = (
    members: Record<string, string>,
    heads: Record<string, string>,
    code: string,
    expected: string | null = null,
  ) => {
    const { transaction, stored } = yearOf(members, heads)
    return storeMembership(transaction, appointment('cao', code), expected).then(() => stored)
  }

  test('moves from one cluster to another', async () => {
    expect(await membership({ '101': 'cao', '102': 'thap' }, {}, '102', 'thap')).toMatchObject([
      { unitCode: '102', clusterCode: 'cao', inferred: false },
    ])
  })

  test('does not leave the cluster that it heads', async () => {
    await expect(membership({ '102': 'thap' }, { thap: '102' }, '102')).rejects.toThrow('102 heads thap in 2022')
    await expect(membership({ '102': 'cao' }, { cao: '102' }, '102')).resolves.toHaveLength(1)
  })

  test('competes with units of its level, as they are when it joins', async () => {
    await expect(membership({ '101': 'cao' }, {}, '03127')).rejects.toThrow(/members are of one level/)
    await expect(membership({ '101': 'thap' }, {}, '03127')).resolves.toHaveLength(1)
    // What it was itself says nothing about the others.
    await expect(membership({ '03127': 'cao' }, {}, '03127')).resolves.toHaveLength(1)
  })

  test('competes in a year in which the cluster is there', async () => {
    const { transaction } = yearOf({}, {})
    const join = (year: number) => storeMembership(transaction, appointment('cao', '101', year), null)
    await expect(join(2021)).rejects.toThrow('cao exists from 2022 on')
    await expect(join(2023)).rejects.toThrow('cao was closed after 2022')
  })

  test('competes in a year to whose end it stands', async () => {
    await expect(membership({}, {}, '105')).rejects.toThrow('the unit ended on 2022-06-30')
  })

  test('neither enters nor leaves a cluster whose ranking stands, nor is made its head', async () => {
    const join = (frozen: string[]) => {
      const { transaction } = yearOf({ '101': 'cao', '102': 'thap' }, { cao: '101' }, frozen)
      return { transaction, joined: storeMembership(transaction, appointment('cao', '102'), null) }
    }
    await expect(join(['cao']).joined).rejects.toThrow('the ranking of cao for 2022 is frozen (2022-cao-1)')
    await expect(join(['thap']).joined).rejects.toThrow('the ranking of thap for 2022 is frozen (2022-thap-1)')
    await expect(join(['xa']).joined).resolves.toBeDefined()
    const { transaction } = yearOf({ '101': 'cao', '102': 'cao' }, { cao: '101' }, ['cao'])
    await expect(storeHead(transaction, appointment('cao', '102'), null)).rejects.toThrow('is frozen (2022-cao-1)')
    // Who is there already stays: only who says so is another.
    await expect(storeHead(transaction, appointment('cao', '101'), null)).resolves.toBeDefined()
    await expect(storeMembership(transaction, appointment('cao', '101'), null)).resolves.toBeDefined()
  })

  test('is where the author saw it, where the author says so', async () => {
    await expect(membership({ '102': 'thap' }, {}, '102', '')).rejects.toThrow('the cluster of 102 is "thap" now')
  })
})
