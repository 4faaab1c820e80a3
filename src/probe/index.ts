import type { ResolvedName } from '../model/facets/resolution.ts';
import { type Connecting, connect } from './connect.ts';
import type { NameServers } from './resolve.ts';

export type { Connecting } from './connect.ts';
export { type NameServers, nameServers } from './resolve.ts';

/** More addresses than this are not tried: a registry has one or two, and each may take its full time. */
const mostAddresses = 4;

/**
 * Looks at one name from this machine: DNS, then a connection to each address. Sends no credentials, follows no
 * redirect, never rejects, and ends in bounded time.
 */
export async function look(name: string, from: NameServers, connecting: Connecting): Promise<ResolvedName> {
  const resolved = await from.resolve(name);
  const connections = await Promise.all(
    resolved.ips.slice(0, mostAddresses).map((address) => connect(name, address, connecting)),
  );
  return { ...resolved, connections };
}
