// A spreadsheet is a zip, and a zip tells when each of its files was made: the same table would be other bytes each second,
// which no cache finds again.

/** Where the list of a zip's files begins, what opens an entry of it, and where in both kinds of headers the time stands. */
const END = { bytes: 22, entries: 10, listAt: 16 }
const ENTRY = { bytes: 46, time: 12, name: 28, extra: 30, comment: 32, fileAt: 42 }
const FILE = { time: 10 }
/** The first day that a zip can tell: 1 January 1980, at midnight. */
const FIRST_DAY = 0x0021_0000

/** Sets the time of all files of a zip that has no comment, to the same for ever. */
export function timelessZip(zip: Buffer): Buffer {
  const end = zip.length - END.bytes
  let at = zip.readUInt32LE(end + END.listAt)
  for (let left = zip.readUInt16LE(end + END.entries); left > 0; left--) {
    zip.writeUInt32LE(FIRST_DAY, at + ENTRY.time)
    zip.writeUInt32LE(FIRST_DAY, zip.readUInt32LE(at + ENTRY.fileAt) + FILE.time)
    const lengths = [ENTRY.name, ENTRY.extra, ENTRY.comment].map((place) => zip.readUInt16LE(at + place))
    at = lengths.reduce((sum, length) => sum + length, at + ENTRY.bytes)
  }
  return zip
}
