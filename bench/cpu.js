// Milliseconds of processor time: on a machine that others use too they tell more than seconds do. Linux only, else NaN.
import { readdirSync, readFileSync } from 'node:fs'

const TICK_MS = 10

/** That a process has taken so far. */
export function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return Number.NaN
  }
}

/** That the connections to a database of this machine have taken so far, each by its process. */
export function cpusOfDatabase(name) {
  try {
    const pids = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isOf(pid, name))
    return new Map(pids.map((pid) => [pid, cpuOf(pid)]).filter(([, ms]) => !Number.isNaN(ms)))
  } catch {
    return new Map([['none', Number.NaN]])
  }
}

export const cpuOfDatabase = (name) => [...cpusOfDatabase(name).values()].reduce((a, b) => a + b, 0)

/** What was taken in between by the processes that are still there: a pool closes what is idle. */
export const spent = (before, after) => [...after].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0)

function isOf(pid, name) {
  try {
    const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return title.startsWith('postgres:') && title.includes(` ${name} `)
  } catch {
    return false // it has just ended
  }
}
