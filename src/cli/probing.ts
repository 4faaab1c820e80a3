import type { Probe } from '../collect/probe.ts';
import { namesIn } from '../facts/path/facts.ts';
import { look, nameServers } from '../probe/index.ts';

/** Longer than any registry needs to answer from a network that reaches it. */
const timeoutMs = 3000;

/** This machine's view of names: its own name servers, and a connection to each address, without credentials. */
export function probing(): Probe {
  const resolving = nameServers();
  // A data endpoint has no API of its own to ask.
  const api = (name: string) => !name.includes('.data.');
  return {
    from: {
      servers: resolving.servers,
      look: (name) => look(name, resolving, { port: 443, timeoutMs, http: api(name) }),
      resolve: async (name) => ({ ...(await resolving.resolve(name)), connections: [] }),
    },
    namesOf: namesIn,
  };
}
