import type { NameServers } from '../collect/probe.ts';
import { look, nameServers as resolving } from '../probe/index.ts';

/** Longer than any registry needs to answer from a network that reaches it. */
const timeoutMs = 3000;

/** This machine's view of names: its own name servers, and a connection to each address, without credentials. */
export function nameServers(): NameServers {
  const from = resolving();
  // A data endpoint has no API of its own to ask.
  const api = (name: string) => !name.includes('.data.');
  return { servers: from.servers, look: (name) => look(name, from, { port: 443, timeoutMs, http: api(name) }) };
}
