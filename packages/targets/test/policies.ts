import { defaultPolicy, type Policy } from '../src/emulation/index.ts'

/** The default policy, but every target counts, also where its level was inherited, any figure ranks and anyone may get the flag. */
export const everythingCounts: Policy = {
  ...defaultPolicy,
  inheritedLevels: 'count',
  leastShare: 0,
  quotas: defaultPolicy.quotas.map(({ when: _, ...quota }) => quota),
}
