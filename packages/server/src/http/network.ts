import ipaddr from 'ipaddr.js'
import { LRUCache } from 'lru-cache'

/** Groups of 16 bits of an IPv6 address that a provider gives to one household: who has one address, has all in it. */
const HOUSEHOLD_GROUPS = 4
/** Proxies pass on what they were told, which need not be an address. */
const LONGEST_NAME = 64

/** Each request asks several times; reading an address takes longer than all else that is counted. */
const networks = new LRUCache<string, string>({ max: 1000 })

/**
 * Whom an address stands for where clients are counted: an IPv4 address for itself, also when it is written as IPv6; an
 * IPv6 address for its /64.
 */
export function networkOf(address: string): string {
  const name = address.slice(0, LONGEST_NAME)
  if (name !== address) return name
  let network = networks.get(address)
  if (network === undefined) {
    network = ipaddr.isValid(address) ? readNetwork(address) : name
    networks.set(address, network)
  }
  return network
}

function readNetwork(address: string): string {
  const read = ipaddr.process(address)
  if (read.kind() === 'ipv4') return read.toString()
  const { parts } = read as ipaddr.IPv6
  const network = new ipaddr.IPv6(parts.map((part, i) => (i < HOUSEHOLD_GROUPS ? part : 0)))
  return `${network}/${HOUSEHOLD_GROUPS * 16}`
}

/** Whether only this machine can come by an address that a server listens on. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback'
}
