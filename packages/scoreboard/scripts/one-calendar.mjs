// React Aria's days bring the calendars of the world; both languages of the pages count by one of them.
const CHOOSES = /[/\\]@internationalized[/\\]date[/\\]dist[/\\]private[/\\]createCalendar\.mjs$/

/** A plugin of Vite's: what chooses a calendar chooses the Gregorian one. Fails the build where a newer version has none. */
export function oneCalendar() {
  let isFound = false
  return {
    name: 'one-calendar',
    load(id) {
      if (!CHOOSES.test(id)) return null
      isFound = true
      return `import { GregorianCalendar } from './calendars/GregorianCalendar.mjs'
export function createCalendar() { return new GregorianCalendar() }`
    },
    buildEnd(error) {
      if (!error && !isFound)
        throw new Error('@internationalized/date chooses its calendar elsewhere: see scripts/one-calendar.mjs')
    },
  }
}
