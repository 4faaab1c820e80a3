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
    notes: notesOn(names, symptoms.length > 0, proxy),
  };
}

function notesOn(names: readonly ProbedName[], hasSymptom: boolean, proxy: boolean): readonly string[] {
  const [login] = names;
  const proxyNote = proxy
    ? ['A proxy is set in the environment. This look goes past it; a container runtime may go through it.']
    : [];
  // What is broken comes first: a symptom says more than what else could be looked at.
  if (hasSymptom) return proxyNote;
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
    ...proxyNote,
  ];
}

/** One connection in words: `10.1.0.4 answers 401, asks for a token`. */
function connectionWords(connection: Connection): string {
  return `${connection.address} ${endWords(connection)}`;
}

function endWords(connection: Connection): string {
  switch (connection.step) {
    case 'tcp':
      return { refused: 'refuses TCP', timeout: 'does not answer TCP in time', unreachable: 'has no route from here' }[
        connection.problem
      ];
    case 'tls':
      return {
        name: `shows a certificate for ${connection.detail}`,
        issuer: `shows a certificate that this machine does not trust (${connection.detail})`,
        broken: `does not complete TLS (${connection.detail})`,
      }[connection.problem];
    case 'connected':
      return 'completes TLS, with the right certificate';
    case 'silent':
      return `gives no HTTP answer (${connection.problem})`;
    case 'http':
      if (connection.challenged && connection.status === 401) return 'answers 401, asks for a token';
      if (connection.denial !== null) return `answers 403, ${connection.denial}`;
      return `answers ${connection.status}${connection.redirect === null ? '' : `, redirects to ${connection.redirect}`}`;
  }
}
