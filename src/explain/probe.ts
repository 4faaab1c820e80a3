import { isAliased, placeOf } from '../facts/path/answers.ts';
import type { Connection, ResolvedName } from '../model/facets/resolution.ts';
import { type ProbedName, type ProbeName, type ProbePage, probeSchema } from '../pages/probe.ts';
import { symptomOf } from './probe-symptoms.ts';

/** Pure: what the looks mean. `proxy`: this machine has a proxy set, which a container runtime may use and a probe does not. */
export function probePage(
  looked: readonly (ProbeName & ResolvedName)[],
  servers: readonly string[],
  proxy: boolean,
): ProbePage {
  const names = looked.map(
    (one): ProbedName => ({
      ...one,
      where: placeOf(one.ips),
      says: one.connections.map(connectionWords),
      aliased: isAliased(one),
    }),
  );
  const symptoms = names.flatMap((one) => symptomOf(one, names) ?? []);
  return {
    schema: probeSchema,
    loginServer: names[0]?.name ?? '',
    servers,
    verdict: symptoms.some(({ state }) => state === 'broken') ? 'broken' : symptoms.length > 0 ? 'unclear' : 'good',
    names,
    symptoms,
    notes: notesOn(names, proxy),
  };
}

function notesOn(names: readonly ProbedName[], proxy: boolean): readonly string[] {
  const [login] = names;
  return [
    ...(names.length === 1
      ? [
          'Layers come from a data endpoint of their own where a private endpoint or dedicated data endpoints exist: name its region with --region to look at it too.',
        ]
      : []),
    ...(login?.where === 'public' && login.aliased
      ? [
          'The public name is an alias of a private one, so a private endpoint exists; this machine is not in a network linked to its zone.',
        ]
      : []),
    ...(proxy
      ? ['A proxy is set in the environment. This look goes past it; a container runtime may go through it.']
      : []),
  ];
}

/** One connection in words: `401, asks for a token`. */
function connectionWords(connection: Connection): string {
  return `${connection.address}: ${endWords(connection)}`;
}

function endWords(connection: Connection): string {
  switch (connection.step) {
    case 'tcp':
      return { refused: 'TCP refused', timeout: 'TCP times out', unreachable: 'no route' }[connection.problem];
    case 'tls':
      return {
        name: `TLS: a certificate for ${connection.detail}`,
        issuer: `TLS: a certificate this machine does not trust (${connection.detail})`,
        broken: `TLS fails (${connection.detail})`,
      }[connection.problem];
    case 'connected':
      return 'TLS stands';
    case 'silent':
      return `no HTTP answer (${connection.problem})`;
    case 'http':
      if (connection.challenged && connection.status === 401) return 'answers: 401, asks for a token';
      if (connection.denial !== null) return `403: ${connection.denial}`;
      return `HTTP ${connection.status}${connection.redirect === null ? '' : `, redirects to ${connection.redirect}`}`;
  }
}
