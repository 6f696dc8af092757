// What a request is for. Node hands on its target as it was sent; it is read once, here, and whatever is decided about the
// request (route, limits, log, metrics) is decided on what was read.

import type { Text } from '@dienbien/targets'
import { LRUCache } from 'lru-cache'
import { MAX_NAME } from '../graphql/read.ts'
import { unseenProblem } from '../unseen.ts'

/** `server` is what `OPTIONS *` asks about; `below` lies below the API's path, where nothing is. */
export type Route = 'api' | 'health' | 'pages' | 'server' | 'below'

export interface Target {
  readonly route: Route
  /** Without dot segments, as a browser would send it; percent-encoded. */
  readonly path: string
  /** With its question mark, or empty. */
  readonly search: string
}

/** Why a request's target cannot be read: an answer of 400. */
export interface BadTarget {
  readonly problem: Text
}

export const GRAPHQL_PATH = '/graphql'
const HEALTH = '/health/'
/** For what the URL parser needs and nobody reads. */
const BASE = 'http://localhost'
const SCHEME = /^([a-z][a-z\d+.-]*):\/\//i
const BROKEN_ESCAPE = /%(?![\da-f]{2})/i
/** RFC 3986: a name, an IPv4 address or an IPv6 one in brackets, and a port; never a user. */
const AUTHORITY = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=-]+)(?::\d{0,5})?$/i

interface Sent {
  readonly method: string
  /** As it stands in the request's first line. */
  readonly target: string
  /** Of every `Host` header, in the order in which they came. */
  readonly hosts: readonly string[]
  readonly httpVersion: string
}

/**
 * Reads the target by RFC 9112, section 3.2: a path, an absolute address, or `*`. `Host` is checked, and decides nothing:
 * whatever a client calls the server, it is this one.
 */
export function readTarget({ method, target, hosts, httpVersion }: Sent): Target | BadTarget {
  if (hosts.length > 1)
    return { problem: { vi: 'một yêu cầu chỉ có một tiêu đề Host', en: 'a request has one Host header, not several' } }
  const [host] = hosts
  if (host === undefined && httpVersion >= '1.1')
    return { problem: { vi: 'thiếu tiêu đề Host', en: 'the Host header is missing' } }
  if (host !== undefined && !isAuthority(host))
    return {
      problem: { vi: 'tiêu đề Host phải là tên máy và cổng', en: 'the Host header must be a host name and a port' },
    }
  if (target === '*') {
    if (method === 'OPTIONS') return { route: 'server', path: '*', search: '' }
    return { problem: { vi: '* chỉ là đích của OPTIONS', en: '* is a target for OPTIONS only' } }
  }
  // What nearly all ask for: there is nothing in it to be read.
  if (target === GRAPHQL_PATH) return { route: 'api', path: GRAPHQL_PATH, search: '' }
  const scheme = SCHEME.exec(target)
  if (!scheme && !target.startsWith('/'))
    return {
      problem: { vi: 'đích phải là đường dẫn bắt đầu bằng /', en: 'the target must be a path that begins with /' },
    }
  if (scheme && !/^https?$/i.test(scheme[1] as string))
    return {
      problem: { vi: 'đích phải là đường dẫn hoặc địa chỉ http', en: 'the target must be a path or an http address' },
    }
  const rest = scheme ? target.slice(scheme[0].length) : target
  const [authority = '', path = ''] = scheme ? split(rest) : ['', rest]
  if (scheme && !isAuthority(authority))
    return {
      problem: {
        vi: 'máy chủ ghi trong địa chỉ phải gồm tên máy và cổng',
        en: "the target's host must be a host name and a port",
      },
    }
  const [rawPath = '', query] = cut(path.split('#')[0] as string, '?')
  if (rawPath.includes('\\'))
    return {
      problem: { vi: 'đường dẫn có dấu gạch chéo ngược: viết /', en: 'the path has a backslash: it is written /' },
    }
  if (BROKEN_ESCAPE.test(rawPath))
    return {
      problem: {
        vi: 'đường dẫn có dấu % không kèm hai chữ số thập lục phân',
        en: 'the path has a % without two hexadecimal digits',
      },
    }
  const url = parse(`${BASE}${rawPath || '/'}${query === undefined ? '' : `?${query}`}`)
  if (!url) return { problem: { vi: 'không đọc được đích của yêu cầu', en: 'the target cannot be read' } }
  const problem = unseenIn(url)
  if (problem) return { problem }
  return { route: routeOf(url.pathname), path: url.pathname, search: url.search }
}

/** What an answer, a log or a terminal would show as something else. */
function unseenIn(url: URL): Text | null {
  const inPath = unseenProblem(decoded(url.pathname))
  if (inPath) return { vi: `đường dẫn ${inPath.vi}`, en: `the path ${inPath.en}` }
  for (const [name, value] of url.searchParams) {
    const inName = unseenProblem(name)
    if (inName) {
      return {
        vi: `tên một tham số trong địa chỉ ${inName.vi}`,
        en: `a name of a parameter in the address ${inName.en}`,
      }
    }
    const inValue = unseenProblem(value)
    const shown = name.slice(0, MAX_NAME)
    if (inValue) return { vi: `"${shown}" trong địa chỉ ${inValue.vi}`, en: `"${shown}" in the address ${inValue.en}` }
  }
  return null
}

/** A path without its escapes, as an address's parameters are read: bytes that are no letters become a sign for that. */
const decoded = (path: string): string =>
  path.includes('%') ? (new URLSearchParams(`path=${path.replace(/&/g, '%26')}`).get('path') ?? '') : path

function routeOf(path: string): Route {
  if (path === GRAPHQL_PATH || path === `${GRAPHQL_PATH}/`) return 'api'
  if (path.startsWith(`${GRAPHQL_PATH}/`)) return 'below'
  return path.startsWith(HEALTH) ? 'health' : 'pages'
}

/** A server is called by a few names. */
const authorities = new LRUCache<string, boolean>({ max: 100 })
const LONGEST_KEPT = 300

function isAuthority(text: string): boolean {
  const known = authorities.get(text)
  if (known !== undefined) return known
  const is = AUTHORITY.test(text) && parse(`http://${text}/`) !== null
  if (text.length <= LONGEST_KEPT) authorities.set(text, is)
  return is
}

function parse(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** Before and after the first of a sign; undefined where there is none. */
function cut(text: string, sign: string): [string, string | undefined] {
  const at = text.indexOf(sign)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** An authority, and what follows it. */
function split(text: string): [string, string] {
  const at = text.search(/[/?#\\]/)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)]
}
