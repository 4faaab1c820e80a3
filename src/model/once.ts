/**
 * The same answer for the same object, made when it is first asked for and kept as long as the object is: what all
 * registries share (roles, clusters, identities) is looked through once, not once for each registry.
 */
export function onceFor<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const made = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const before = made.get(of);
    if (before) return before.value;
    const value = make(of);
    made.set(of, { value });
    return value;
  };
}
