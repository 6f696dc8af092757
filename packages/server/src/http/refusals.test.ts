import { GraphQLError } from 'graphql'
import { refusalOf, whoOf } from './refusals.ts'

const AT = new Date('2024-05-06T07:08:09Z')
const shortened = (text: string) => `${text.slice(0, 199)}…`

test('a refusal holds what was tried, as it was told', () => {
  const extensions = { code: 'FORBIDDEN', action: 'REPORT_FIGURES', unit: '102', year: 2024, http: { status: 403 } }
  const error = new GraphQLError('not yours', { path: ['submitMeasurements'], extensions })
  const viewer = { subject: 'lan', role: 'reporter', unit: '097' } as const
  expect(refusalOf(error, whoOf(viewer, '203.0.113.7'), AT)).toEqual({
    at: '2024-05-06T07:08:09.000Z',
    subject: 'lan',
    role: 'reporter',
    origin: '203.0.113.7',
    reason: 'not yours',
    times: 1,
    details: {
      code: 'FORBIDDEN',
      field: 'submitMeasurements',
      action: 'REPORT_FIGURES',
      unit: '102',
      cluster: null,
      year: 2024,
    },
  })
})

test('the Vietnamese sentence stands beside the English one, as short', () => {
  const error = new GraphQLError('not yours', { extensions: { code: 'FORBIDDEN' } })
  const said = (vi: string) => refusalOf(error, whoOf(null, null), AT, vi)
  expect(said('không phải của bạn')).toMatchObject({ reason: 'not yours', details: { vi: 'không phải của bạn' } })
  expect(said('đ'.repeat(5000)).details.vi).toBe(shortened('đ'.repeat(5000)))
})

test('each text of a refusal is shortened to 200 characters, whichever of them is long', () => {
  const long = (letter: string) => letter.repeat(5000)
  const error = new GraphQLError(long('m'), {
    path: [long('p'), 3, long('q')],
    extensions: { code: long('c'), action: long('a'), unit: long('u'), cluster: long('k'), year: long('y') },
  })
  const viewer = { subject: long('s'), role: 'reporter', unit: null } as const
  expect(refusalOf(error, whoOf(viewer, long('o')), AT)).toEqual({
    at: AT.toISOString(),
    subject: shortened(long('s')),
    role: 'reporter',
    origin: shortened(long('o')),
    reason: shortened(long('m')),
    times: 1,
    details: {
      code: shortened(long('c')),
      field: shortened(long('p')),
      action: shortened(long('a')),
      unit: shortened(long('u')),
      cluster: shortened(long('k')),
      year: shortened(long('y')),
    },
  })
})

test('200 characters stay whole, and a letter of two code units is never halved', () => {
  const reason = (text: string) => refusalOf(new GraphQLError(text), whoOf(null, null), AT).reason
  expect(reason('x'.repeat(200))).toBe('x'.repeat(200))
  expect(reason(`${'x'.repeat(198)}😀😀`)).toBe(`${'x'.repeat(198)}…`)
})

test('what is no text or number is left out, and nobody is anonymous', () => {
  const error = new GraphQLError('no', { extensions: { code: 'UNAUTHENTICATED', unit: ['102'], cluster: { x: 1 } } })
  expect(refusalOf(error, whoOf(null, null), AT)).toMatchObject({
    subject: 'anonymous',
    role: '',
    origin: '',
    details: { code: 'UNAUTHENTICATED', field: null, unit: null, cluster: null },
  })
})
