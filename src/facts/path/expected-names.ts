import type { PrivateEndpoint } from '../../model/facets/private-endpoints.ts';
import type { Registry } from '../../model/facets/registry.ts';
import { wantedMembers } from './endpoints.ts';

/** A name that clients look up, and the private addresses it must resolve to. */
export interface ExpectedName {
  /** As the client asks for it: `contoso.eastasia.data.azurecr.io`. */
  readonly fqdn: string;
  /** What follows the registry's label: empty for the login server, `eastasia.data`, `eastasia.geo`. */
  readonly branch: string;
  /** `null`: what could be read does not tell. */
  readonly ips: readonly string[] | null;
}

/** The region whose pulls a name serves; `null` for the login server. */
export const regionOf = ({ branch }: ExpectedName): string | null => branch.split('.')[0] || null;

/**
 * The names one endpoint must be found by, each from the best authority that speaks of it: the endpoint's network
 * interface, its own list of names, the registry's host names, and last the login server's label.
 */
export function expectedNames(
  registry: Registry,
  regions: readonly string[],
  endpoint: PrivateEndpoint | null,
  suffix: string,
): readonly ExpectedName[] {
  const named = (fqdn: string, ips: readonly string[] | null): ExpectedName => ({
    fqdn: fqdn.toLowerCase(),
    branch: branchOf(fqdn, suffix),
    ips,
  });
  const members = endpoint?.members.state === 'observed' ? endpoint.members.value : [];
  const ofInterface = members.flatMap(({ member, ip, fqdns }) => {
    const branch = branchOfMember(member);
    const computed = branch === null ? null : computedName(registry, branch, suffix);
    const names = fqdns.length > 0 || computed === null ? fqdns : [computed];
    return names.map((fqdn) => named(fqdn, [ip]));
  });
  const ofEndpoint = (endpoint?.customDns ?? []).map(({ fqdn, ips }) => named(fqdn, ips.length > 0 ? ips : null));
  const ofRegistry = wantedMembers(registry, regions).flatMap(({ branch }) => {
    const computed = computedName(registry, branch, suffix);
    return computed === null ? [] : [named(computed, null)];
  });
  const saidIn = (names: readonly ExpectedName[]) => new Set(names.map(({ branch }) => branch));
  const missingIn = (known: readonly ExpectedName[], names: readonly ExpectedName[]) =>
    names.filter(({ branch }) => !saidIn(known).has(branch));
  const stated = [...ofInterface, ...missingIn(ofInterface, ofEndpoint)];
  return [...stated, ...missingIn(stated, ofRegistry)];
}

/** A registry's name, seen from a private DNS zone: relative to it, or `null` where the zone does not hold it. */
export function recordName(fqdn: string, zone: string, suffix: string): string | null {
  const alias = `${withoutEnd(fqdn, `.${suffix}`)}.privatelink.${suffix}`;
  const end = `.${zone.toLowerCase()}`;
  return alias.endsWith(end) ? withoutEnd(alias, end) : null;
}

/** With a domain name label the login server carries a hash, so that the label is never the resource's name. */
function computedName(registry: Registry, branch: string, suffix: string): string | null {
  const hosts = [...(registry.dataEndpointHostNames ?? []), ...(registry.regionalEndpointHostNames ?? [])];
  const said = branch && hosts.find((host) => branchOf(host, suffix) === branch);
  const label = registry.loginServer?.split('.')[0];
  return said || (label ? [label, branch, suffix].filter(Boolean).join('.').toLowerCase() : null);
}

const branchOf = (fqdn: string, suffix: string): string =>
  withoutEnd(fqdn.toLowerCase(), `.${suffix}`).split('.').slice(1).join('.');

/** `registry` is the login server, `registry_data_<region>` a data endpoint, `registry_<region>` a regional one. */
function branchOfMember(member: string): string | null {
  const [known, data, geo] = /^registry(?:_data_(.+)|_(.+))?$/.exec(member.toLowerCase()) ?? [];
  if (known === undefined) return null;
  return data ? `${data}.data` : geo ? `${geo}.geo` : '';
}

const withoutEnd = (text: string, end: string): string => (text.endsWith(end) ? text.slice(0, -end.length) : text);
