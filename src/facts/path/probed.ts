import { notCollected } from '../../model/evidence.ts';
import type { Connection, Resolution, ResolvedName } from '../../model/facets/resolution.ts';
import type { Facets } from '../../model/facets.ts';
import { type Observation, type Observations, observations } from '../../model/outcome.ts';
import { type AnswerFlaw, answerFlaw, isAliased, placeOf } from './answers.ts';
import { endpointOf } from './endpoints.ts';
import { evidenceOf, type PathFacts } from './facts.ts';
import { addressesOf, type RegistryName } from './names.ts';
import { failureOf } from './words.ts';

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
  /** What is certainly wrong with private DNS by this answer; `null` where nothing is. */
  readonly flaw: string | null;
}

/** Pure. The view of one machine: a public answer is right outside of the linked networks. */
export function probedNames(resolution: Resolution, facts: PathFacts): readonly ProbedName[] {
  const flaws = probedFlaws(resolution, facts);
  return resolution.answers.map(({ name, ips, problem }) => {
    const own = addressesFor(name, facts);
    const wanted = own.length > 0 ? own : null;
    const place = placeOf(ips, own);
    return {
      name,
      saw: place !== 'none' ? place : problem === 'NXDOMAIN' ? 'NXDOMAIN' : 'no answer',
      ips,
      problem,
      wanted,
      agrees: ips.length === 0 || wanted === null ? null : ips.every((ip) => own.includes(ip)),
      flaw: flaws.find((flaw) => flaw.name.fqdn === name.toLowerCase())?.words ?? null,
    };
  });
}

/** A wrong answer of the private DNS that serves the machine that collected. */
export interface ProbedFlaw {
  readonly kind: Exclude<AnswerFlaw, 'no-answer'> | 'stale';
  readonly name: RegistryName;
  readonly words: string;
  readonly seen: Observations;
  /** The addresses that endpoints have for the name; empty where none is known. */
  readonly wanted: readonly string[];
  readonly servers: readonly string[];
}

/**
 * What is certainly wrong by what one machine saw. Nothing where the machine does not ask the registry's private DNS:
 * then it is outside, or in a network of somebody else's, and its answers say nothing of ours. Never a reason to pass.
 */
export function probedFlaws(
  given: Parameters<typeof evidenceOf<Facets['resolution']>>[0],
  facts: PathFacts,
): readonly ProbedFlaw[] {
  const evidence = evidenceOf(given ?? notCollected('it was not asked for'));
  if (evidence.state !== 'observed') return [];
  const { answers, servers } = evidence.value;
  const asked = answers.flatMap((answer, index) => {
    const name = facts.names.find(({ fqdn }) => fqdn === answer.name.toLowerCase());
    return name
      ? [{ answer, name, at: `resolution/answers/${index}` as const, own: addressesFor(name.fqdn, facts) }]
      : [];
  });
  if (!asked.some(({ answer, own }) => isOurs(answer, own, facts))) return [];
  const first = asked.find(({ name }) => name.region === null);
  const login = first && { where: placeOf(first.answer.ips, first.own), aliased: isAliased(first.answer) };
  return asked.flatMap(({ answer, name, at, own }): readonly ProbedFlaw[] => {
    const found = answerFlaw(answer, login, own) ?? (isStale(answer, own, facts) ? 'stale' : null);
    if (found === null || found === 'no-answer') return [];
    const saw: Observation =
      answer.ips.length === 0
        ? { at: `${at}/problem`, saw: answer.problem, wanted: own.length > 0 ? own : 'an address', about: name.fqdn }
        : { at: `${at}/ips`, saw: answer.ips, wanted: own.length > 0 ? own : 'a private address', about: name.fqdn };
    const by = `asked from this machine (DNS ${servers.join(', ') || 'of the machine'})`;
    const words = `${flawWords(found, answer, name)}, ${by}`;
    return [{ kind: found, name, words, seen: observations(saw), wanted: own, servers }];
  });
}

function flawWords(kind: ProbedFlaw['kind'], { ips, problem }: ResolvedName, name: RegistryName): string {
  switch (kind) {
    case 'no-record':
    case 'no-name':
      return `${name.fqdn} is ${problem}: ${failureOf(name)}`;
    case 'mixed':
      return `${name.fqdn} leads to private and public addresses (${ips.join(', ')}): about half of the connections go astray`;
    case 'outside':
    case 'falls-back':
      return `the login server leads to a private address and ${name.fqdn} to a public one (${ips.join(', ')}): private DNS lacks its record`;
    case 'stale':
      return `${name.fqdn} leads to ${ips.join(', ')}, which no endpoint has for it, and no registry answers there: ${failureOf(name)}`;
  }
}

/** An answer of the registry's own private DNS: an endpoint's address, or a private one where all endpoints are ours. */
const isOurs = ({ ips }: ResolvedName, own: readonly string[], { connections }: PathFacts): boolean =>
  ips.some((ip) => own.includes(ip)) ||
  (connections.approved.length > 0 &&
    connections.foreign.length + connections.unplaced.length + connections.undecided.length === 0 &&
    placeOf(ips) !== 'none' &&
    placeOf(ips) !== 'public');

/** A private address that no endpoint has, and at which no registry answers: behind one that answers is a NAT or a proxy. */
const isStale = ({ ips, connections }: ResolvedName, own: readonly string[], facts: PathFacts): boolean =>
  own.length > 0 &&
  facts.connections.foreign.length + facts.connections.unplaced.length + facts.connections.undecided.length === 0 &&
  facts.connections.approved.every((cited) => endpointOf(cited)?.members.state === 'observed') &&
  ips.some((ip) => !own.includes(ip) && connections.some((one) => one.address === ip && isElsewhere(one)));

const isElsewhere = (one: Connection): boolean => one.step === 'tcp' || (one.step === 'tls' && one.problem === 'name');

function addressesFor(name: string, { names, connections, registry, suffix }: PathFacts): readonly string[] {
  const endpoints = connections.approved.flatMap((cited) => endpointOf(cited) ?? []);
  const addresses = names
    .filter(({ fqdn }) => fqdn === name.toLowerCase())
    .flatMap((one) => endpoints.map((endpoint) => addressesOf(one, endpoint, registry, suffix)))
    .flatMap((found) => (Array.isArray(found) ? found : []));
  return [...new Set(addresses)];
}
