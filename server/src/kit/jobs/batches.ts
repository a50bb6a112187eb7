/** Calls `write` with everything that came while its last call was under way; each caller gets its own batch's outcome. */
export function inBatches<T>(write: (items: T[]) => Promise<unknown>): (item: T) => Promise<unknown> {
  let last: Promise<unknown> = Promise.resolve();
  let next: { items: T[]; written: Promise<unknown> } | undefined;
  return (item) => {
    if (next) {
      next.items.push(item);
      return next.written;
    }
    const items = [item];
    const written = last.then(() => {
      next = undefined;
      return write(items);
    });
    last = written.catch(() => {});
    next = { items, written };
    return written;
  };
}
