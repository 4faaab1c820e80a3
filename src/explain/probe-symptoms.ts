import { answerFlaw, placeOf } from '../facts/path/answers.ts';
import type { Connection } from '../model/facets/resolution.ts';
import type { ProbedName, ProbeSymptom } from '../pages/probe.ts';

type Words = Omit<ProbeSymptom, 'name'>;

/** The first rule that fits a name tells its symptom; a name that none fits answers as it should. */
type Rule = (one: ProbedName, all: readonly ProbedName[]) => Words | null;

export function symptomOf(one: ProbedName, all: readonly ProbedName[]): ProbeSymptom | null {
  for (const rule of rules) {
    const words = rule(one, all);
    if (words !== null) return { name: one.name, ...words };
  }
  return null;
}

/** The registry's name: what a domain name label adds to it comes after a dash, which no name has. */
const label = (name: string): string => /^[^.-]+/.exec(name)?.[0] ?? name;
const path = ({ name }: ProbedName): string => `acr-audit explain path --registry ${label(name)}`;

/** What stops working where a name does not. */
const effect = ({ role, region }: ProbedName): string =>
  role === 'login server' ? 'docker login fails' : `login works, and pulls hang on layers in ${region}`;

/** What DNS's answer alone tells. */
const byAnswer: Rule = (one, all) => {
  switch (
    answerFlaw(
      one,
      all.find(({ role }) => role === 'login server'),
    )
  ) {
    case 'no-record':
      return {
        state: 'broken',
        symptom: `${one.name} is ${one.problem}: ${effect(one)}`,
        cause: 'A private DNS zone answers this machine and lacks the record of the private name.',
        checks: ['private-dns-records-complete', 'private-endpoint-covers-every-region'],
        next: [path(one)],
      };
    case 'no-name':
      return {
        state: 'broken',
        symptom: `${one.name} is ${one.problem}: ${effect(one)}`,
        cause:
          one.role === 'login server'
            ? 'No registry has this name, or a private zone for the whole suffix answers this machine without it.'
            : 'The registry has no data endpoint in this region, or a private zone answers this machine without it.',
        checks:
          one.role === 'login server'
            ? ['references-resolve', 'private-dns-records-complete']
            : ['replicas-healthy', 'private-dns-records-complete'],
        next: [`nslookup ${one.name} from a machine outside of the network`, path(one)],
      };
    case 'no-answer':
      return {
        state: 'unclear',
        symptom: `${one.name} has no answer from DNS: ${one.problem}`,
        cause: 'The DNS servers of this machine do not answer, or refuse to.',
        checks: ['private-dns-zone-linked'],
        next: [`nslookup ${one.name}`, path(one)],
      };
    case 'mixed':
      return {
        state: 'broken',
        symptom: `${one.name} leads to private and public addresses: about half of the connections go astray`,
        cause: 'Two sources answer this machine: a private record and a public one.',
        checks: ['private-dns-records-complete'],
        next: [path(one)],
      };
    case 'outside':
    case 'falls-back':
      return {
        state: 'broken',
        symptom: `login is private and ${one.name} is public: layers from ${one.region} leave the private path, and hang or get 403 where public access is off`,
        cause:
          'The zone lacks the record, and its link sends what it does not hold to public DNS (NxDomainRedirect); or only a zone of the login server is linked.',
        checks: ['private-dns-no-internet-fallback', 'private-dns-records-complete'],
        next: [path(one)],
      };
    case null:
      return null;
  }
};

/** The words for one address that does not answer as it should; `null` for one that does. */
function connectionFlaw(one: ProbedName, connection: Connection): Words | null {
  const { address } = connection;
  const inside = placeOf([address]) === 'private';
  switch (connection.step) {
    case 'tcp':
      if (connection.problem === 'refused')
        return {
          state: 'broken',
          symptom: `${one.name} leads to ${address}, which refuses connections: ${effect(one)}`,
          cause: inside
            ? "The address is no longer the endpoint's (the record is stale), or a firewall on the way refuses."
            : "A firewall on the way refuses, or the address is not the registry's.",
          checks: inside ? ['private-dns-records-complete'] : ['clusters-reach-registry'],
          next: [path(one)],
        };
      return {
        state: 'broken',
        symptom: `${one.name} leads to ${address}, and connections ${connection.problem === 'timeout' ? 'time out' : 'find no route'}: ${effect(one)}`,
        cause: inside
          ? 'This network has no way to the endpoint (peering, route, security group), or the record is stale.'
          : connection.problem === 'timeout'
            ? 'A firewall on the way out drops the connection.'
            : 'This machine has no way out to public addresses.',
        checks: inside
          ? ['clusters-reach-registry', 'private-dns-records-complete']
          : [one.role === 'login server' ? 'clusters-reach-registry' : 'dedicated-data-endpoints'],
        next: [path(one)],
      };
    case 'tls':
      if (connection.problem === 'broken')
        return {
          state: 'unclear',
          symptom: `${one.name} at ${address} does not complete TLS (${connection.detail})`,
          cause: 'A firewall cuts the connection by its name, or something else than the registry listens there.',
          checks: ['dedicated-data-endpoints'],
          next: [path(one)],
        };
      return {
        state: 'broken',
        symptom:
          connection.problem === 'name'
            ? `${one.name} at ${address} shows a certificate for ${connection.detail}`
            : `${one.name} at ${address} shows a certificate that this machine does not trust (${connection.detail})`,
        cause: inside
          ? 'The address belongs to something else: the record is stale. Or a proxy opens TLS on the way.'
          : 'A proxy opens TLS on the way: container runtimes must trust its authority, or the registry must be exempt.',
        checks: inside ? ['private-dns-records-complete'] : [],
        next: [path(one)],
      };
    case 'connected':
      return null;
    case 'silent':
      return {
        state: 'unclear',
        symptom: `${one.name} at ${address} gives no HTTP answer (${connection.problem})`,
        cause: 'Something on the way cuts the connection after TLS, or the service is busy.',
        checks: [],
        next: ['look again in a minute', path(one)],
      };
    case 'http':
      return httpFlaw(one, connection);
  }
}

function httpFlaw(
  one: ProbedName,
  { address, status, challenged, denial, redirect }: Extract<Connection, { step: 'http' }>,
): Words | null {
  const inside = placeOf([address]) === 'private';
  if (status === 401 && challenged) return null;
  if (denial !== null)
    return {
      state: 'broken',
      symptom: `${one.name} refuses this machine: ${denial}`,
      cause: inside
        ? 'A private endpoint asks no network rule, so that this address is likely a proxy or a NAT that goes on to the public endpoint.'
        : one.aliased
          ? "The registry has a private endpoint, which this machine's DNS does not know: it is in no network that is linked to the zone, and the network rules do not admit its public address."
          : "The registry's network rules do not admit the public address that this machine leaves by.",
      checks: inside
        ? ['private-dns-records-complete']
        : one.aliased
          ? ['private-dns-zone-linked', 'clusters-reach-registry']
          : ['registry-reachable', 'clusters-reach-registry'],
      next: [path(one)],
    };
  if (redirect !== null)
    return {
      state: 'unclear',
      symptom: `${one.name} redirects to ${redirect}; it was not followed`,
      cause: 'A registry does not redirect here: a proxy asks for a login, or another service answers.',
      checks: [],
      next: ['ask whoever runs the proxy, or look from another network'],
    };
  if (status === 429 || status >= 500)
    return {
      state: 'unclear',
      symptom: `${one.name} answers ${status}`,
      cause:
        status === 429
          ? 'The registry throttles this address.'
          : 'The service is in trouble, or a proxy on the way is.',
      checks: [],
      next: ['look again in a minute'],
    };
  return {
    state: 'unclear',
    symptom: `${one.name} answers ${status}, which a registry does not do without a token`,
    cause: 'A proxy or another service answers in its place.',
    checks: [],
    next: [path(one)],
  };
}

const anyConnection: Rule = (one) => {
  const flaws = one.connections.flatMap((connection) => connectionFlaw(one, connection) ?? []);
  const worst = flaws.find(({ state }) => state === 'broken') ?? flaws[0];
  if (worst === undefined) return null;
  const share =
    flaws.length < one.connections.length ? ` (${flaws.length} of ${one.connections.length} addresses)` : '';
  return { ...worst, symptom: `${worst.symptom}${share}` };
};

const rules: readonly Rule[] = [byAnswer, anyConnection];
