export type MaybePromise<T> = T | Promise<T>

/** Goes on at once where a value is there already: a plain read costs no promise. */
export function whenReady<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}
