import { Resolver } from 'node:dns/promises';
import type { Resolution, ResolvedName } from '../model/facets/resolution.ts';
import { byText } from '../model/ids.ts';

/** Whom to ask for names, from where this runs. Only asks for A records; nothing connects to what they name. */
export interface NameServers {
  readonly servers: readonly string[];
  /** IPv4 addresses; rejects with an error whose `code` is one of node:dns. */
  resolve4(name: string): Promise<readonly string[]>;
}

/** The machine's own name servers (or those given), each asked twice at most. Reads no hosts file. */
export function nameServers(timeoutMs: number, servers?: readonly string[]): NameServers {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (servers) resolver.setServers(servers);
  return { servers: resolver.getServers(), resolve4: (name) => resolver.resolve4(name) };
}

/** Looks every name up once. A name that has no address is an answer too. */
export async function probe(names: readonly string[], from: NameServers): Promise<Resolution> {
  const distinct = [...new Set(names.map((name) => name.toLowerCase()))].sort(byText);
  return { servers: from.servers, answers: await Promise.all(distinct.map((name) => ask(name, from))) };
}

async function ask(name: string, from: NameServers): Promise<ResolvedName> {
  try {
    return { name, ips: [...(await from.resolve4(name))].sort(byText), problem: null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'FAILED';
    return { name, ips: [], problem: problems[code] ?? code };
  }
}

/** DNS's own words for node's codes. */
const problems: Readonly<Record<string, string>> = {
  ENOTFOUND: 'NXDOMAIN',
  ENODATA: 'NODATA',
  ESERVFAIL: 'SERVFAIL',
  EREFUSED: 'REFUSED',
  ETIMEOUT: 'TIMEOUT',
  ECONNREFUSED: 'no name server',
};
