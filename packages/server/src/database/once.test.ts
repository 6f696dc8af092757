import { fromText, toText } from './once.ts'

test('an answer comes back as it was stored: dates as dates, also in lists and far down', () => {
  const answer = {
    filedOn: new Date('2023-04-02'),
    value: null,
    lines: [{ on: new Date('2023-04-03T10:11:12.345Z'), points: 1.5 }],
    text: '2023-04-02',
  }
  expect(fromText(toText(answer))).toEqual(answer)
  expect(fromText(toText([]))).toEqual([])
})
