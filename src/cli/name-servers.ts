import { Resolver } from 'node:dns/promises';
import type { NameServers } from '../collect/probe.ts';

/** A name server on the way answers in milliseconds; one that is not there must not hold a scan up. */
const defaultTimeoutMs = 2000;

/** The machine's own name servers (or those given), each asked twice at most. Reads no hosts file. */
export function nameServers(timeoutMs = defaultTimeoutMs, servers?: readonly string[]): NameServers {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (servers) resolver.setServers(servers);
  return { servers: resolver.getServers(), resolve4: (name) => resolver.resolve4(name) };
}
