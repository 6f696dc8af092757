import fc from 'fast-check'
import { asScriptData } from './script-data.ts'

test.each(['</script><script>alert(1)</script>', '<!--<script>', ']]>', '\u2028\u2029', '&lt;/script&gt;'])(
  'keeps %j a text',
  (text) => {
    const data = asScriptData({ tabs: [{ query: text, [text]: text }] })
    expect(data).not.toMatch(/[<>&\u2028\u2029]/)
    expect(JSON.parse(data)).toEqual({ tabs: [{ query: text, [text]: text }] })
  },
)

test('whatever is given comes back', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
      const value: unknown = JSON.parse(json)
      expect(JSON.parse(asScriptData(value))).toEqual(value)
    }),
  )
})
