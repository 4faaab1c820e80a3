import { segment } from '../model/pointer.ts';

/** A value that notes every place that is read in it, as a pointer. */
export function recorded<T>(root: T, at: string, read: Set<string>): T {
  const known = new Map<string, unknown>();
  const wrap = (value: unknown, pointer: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const before = known.get(pointer);
    if (before !== undefined) return before;
    const proxy = new Proxy(value, {
      get(target, name) {
        const inner: unknown = Reflect.get(target, name);
        if (typeof name === 'symbol' || !Object.hasOwn(target, name) || (Array.isArray(target) && name === 'length'))
          return inner;
        const place = `${pointer}/${segment(name)}`;
        read.add(place);
        return wrap(inner, place);
      },
    });
    known.set(pointer, proxy);
    return proxy;
  };
  return wrap(root, at) as T;
}
