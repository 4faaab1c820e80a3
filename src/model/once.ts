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

/**
 * The same by a name, for one name at a time: the answer is kept until another is asked for. Registries are judged one
 * after another, and what is known of thousands of them must not stay.
 */
export function onceAtATime<V>(make: () => V): (name: string) => V {
  let latest: { readonly name: string; readonly value: V } | null = null;
  return (name) => {
    latest = latest?.name === name ? latest : { name, value: make() };
    return latest.value;
  };
}
