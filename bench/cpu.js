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

/** That the connections to a database of this machine have taken so far. */
export function cpuOfDatabase(name) {
  try {
    return readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid) && isOf(pid, name))
      .map(cpuOf)
      .filter((ms) => !Number.isNaN(ms))
      .reduce((a, b) => a + b, 0)
  } catch {
    return Number.NaN
  }
}

function isOf(pid, name) {
  try {
    const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return title.startsWith('postgres:') && title.includes(` ${name} `)
  } catch {
    return false // it has just ended
  }
}
