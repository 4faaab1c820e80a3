import { Resolver } from 'node:dns/promises';
import type { ResolvedName } from '../model/facets/resolution.ts';

/** Whom to ask for names, and how long to wait for one answer. */
export interface NameServers {
  readonly servers: readonly string[];
  resolve(name: string): Promise<Omit<ResolvedName, 'connections'>>;
}

/** A name server on the way answers in milliseconds; one that is not there must not hold a scan up. */
const defaultTimeoutMs = 2000;

/** Longer chains are loops; Azure's have three or four names. */
const longestChain = 8;

/** The machine's own name servers (or those given), each asked twice at most. Reads no hosts file. Never rejects. */
export function nameServers(timeoutMs = defaultTimeoutMs, servers?: readonly string[]): NameServers {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (servers) resolver.setServers(servers);
  return { servers: resolver.getServers(), resolve: (name) => resolveWith(resolver, name.toLowerCase()) };
}

async function resolveWith(resolver: Resolver, name: string): Promise<Omit<ResolvedName, 'connections'>> {
  const [v4, v6, aliases] = await Promise.all([
    answered(resolver.resolve4(name)),
    answered(resolver.resolve6(name)),
    aliasesOf(resolver, name),
  ]);
  const ips = [...new Set([...v4.values, ...v6.values])].sort();
  return { name, aliases, ips, problem: ips.length > 0 ? null : (v4.problem ?? v6.problem ?? 'NODATA') };
}

async function aliasesOf(resolver: Resolver, name: string): Promise<readonly string[]> {
  const chain: string[] = [];
  for (let at = name; chain.length < longestChain; ) {
    const [next] = (await answered(resolver.resolveCname(at))).values;
    if (next === undefined || chain.includes(next.toLowerCase())) break;
    at = next.toLowerCase();
    chain.push(at);
  }
  return chain;
}

async function answered(asked: Promise<string[]>): Promise<{ values: readonly string[]; problem: string | null }> {
  try {
    return { values: await asked, problem: null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'FAILED';
    return { values: [], problem: problems[code] ?? code };
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
