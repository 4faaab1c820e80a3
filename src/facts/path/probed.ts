import type { Resolution } from '../../model/facets/resolution.ts';
import { isPrivate } from './cidr.ts';
import { endpointOf } from './endpoints.ts';
import type { PathFacts } from './facts.ts';
import { addressesOf } from './names.ts';

/** What DNS answered the machine that collected, against what the endpoints have. */
export interface ProbedName {
  readonly name: string;
  readonly saw: 'private' | 'public' | 'mixed' | 'NXDOMAIN' | 'no answer';
  readonly ips: readonly string[];
  readonly problem: string | null;
  /** The addresses of approved endpoints for the name; `null` where none is known. */
  readonly wanted: readonly string[] | null;
  /** Whether every address is an endpoint's; `null` without an answer or without anything to compare it with. */
  readonly agrees: boolean | null;
}

/** Pure. The view of one machine: a public answer is right outside of the linked networks. */
export function probedNames({ answers }: Resolution, facts: PathFacts): readonly ProbedName[] {
  const { names, connections, registry, suffix } = facts;
  const endpoints = connections.approved.flatMap((cited) => endpointOf(cited) ?? []);
  return answers.map(({ name, ips, problem }) => {
    const known = names
      .filter(({ fqdn }) => fqdn === name.toLowerCase())
      .flatMap((one) => endpoints.map((endpoint) => addressesOf(one, endpoint, registry, suffix)))
      .flatMap((addresses) => (Array.isArray(addresses) ? addresses : []));
    const wanted = known.length > 0 ? [...new Set(known)] : null;
    // A network may use public ranges as its own: then the endpoint's address tells.
    const inside = ips.filter((ip) => wanted?.includes(ip) || isPrivate(ip));
    const kind = inside.length === 0 ? 'public' : inside.length === ips.length ? 'private' : 'mixed';
    return {
      name,
      saw: ips.length > 0 ? kind : problem === 'NXDOMAIN' ? 'NXDOMAIN' : 'no answer',
      ips,
      problem,
      wanted,
      agrees: ips.length === 0 || wanted === null ? null : ips.every((ip) => wanted.includes(ip)),
    };
  });
}
