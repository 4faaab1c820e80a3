import type { PrivateEndpoint } from '../../model/facets/private-endpoints.ts';
import type { Registry } from '../../model/facets/registry.ts';
import { type Unknown, unseen } from '../../model/outcome.ts';
import { wantedMembers } from './endpoints.ts';

/** A name that clients of a registry look up. */
export interface RegistryName {
  /** As the client asks for it: `contoso.eastasia.data.azurecr.io`. */
  readonly fqdn: string;
  /** What follows the registry's label: empty for the login server, `eastasia.data`, `eastasia.geo`. */
  readonly branch: string;
  /** The region whose pulls it serves; `null` for the login server. */
  readonly region: string | null;
}

/**
 * Every name of a registry, login first, each from the best authority that speaks of it: the endpoints' network
 * interfaces, their own lists of names, the registry's host names, and last the login server's label.
 */
export function namesOf(
  registry: Registry,
  regions: readonly string[],
  endpoints: readonly PrivateEndpoint[],
  suffix: string,
): readonly RegistryName[] {
  const stated = endpoints.flatMap((endpoint) => statedBy(endpoint, registry, suffix));
  const wanted = wantedMembers(registry, regions).flatMap(({ branch }) => {
    const said = stated.filter((name) => name.branch === branch).map(({ fqdn }) => fqdn);
    const computed = computedName(registry, branch, suffix);
    return said.length > 0 ? said : computed === null ? [] : [computed];
  });
  return [...new Set([...wanted, ...stated.map(({ fqdn }) => fqdn)])].map((fqdn) => named(fqdn, suffix));
}

/** The addresses an endpoint has for a name; `none` where it was read and certainly has none. */
export function addressesOf(
  name: RegistryName,
  endpoint: PrivateEndpoint,
  registry: Registry,
  suffix: string,
): readonly string[] | 'none' | Unknown {
  const ips = statedBy(endpoint, registry, suffix)
    .filter(({ branch }) => branch === name.branch)
    .flatMap(({ ips }) => ips);
  if (ips.length > 0) return ips;
  const { members } = endpoint;
  return members.state === 'observed' ? 'none' : unseen(members);
}

/** What the public name is an alias of, once an endpoint is approved. */
export const aliasOf = (fqdn: string, suffix: string): string =>
  `${withoutEnd(fqdn, `.${suffix}`)}.privatelink.${suffix}`;

/** A name as a zone writes it, `@` for the zone's own; `null` where the zone does not hold it. */
export function recordName(fqdn: string, zone: string): string | null {
  const [name, own] = [fqdn.toLowerCase(), zone.toLowerCase()];
  if (name === own) return '@';
  return name.endsWith(`.${own}`) ? withoutEnd(name, `.${own}`) : null;
}

interface Stated extends RegistryName {
  readonly ips: readonly string[];
}

function statedBy(endpoint: PrivateEndpoint, registry: Registry, suffix: string): readonly Stated[] {
  const members = endpoint.members.state === 'observed' ? endpoint.members.value : [];
  const ofInterface = members.flatMap(({ member, ip, fqdns }) => {
    const branch = branchOfMember(member);
    const computed = branch === null ? null : computedName(registry, branch, suffix);
    const names = fqdns.length > 0 || computed === null ? fqdns : [computed];
    return names.map((fqdn) => ({ ...named(fqdn, suffix), ips: [ip] }));
  });
  const known = new Set(ofInterface.map(({ branch }) => branch));
  const ofEndpoint = endpoint.customDns.map(({ fqdn, ips }) => ({ ...named(fqdn, suffix), ips }));
  return [...ofInterface, ...ofEndpoint.filter(({ branch }) => !known.has(branch))];
}

function named(fqdn: string, suffix: string): RegistryName {
  const name = fqdn.toLowerCase();
  const branch = branchOf(name, suffix);
  return { fqdn: name, branch, region: branch.split('.')[0] || null };
}

/** With a domain name label the login server carries a hash, so that the label is never the resource's name. */
function computedName(registry: Registry, branch: string, suffix: string): string | null {
  const hosts = [...(registry.dataEndpointHostNames ?? []), ...(registry.regionalEndpointHostNames ?? [])];
  const said = branch && hosts.find((host) => branchOf(host.toLowerCase(), suffix) === branch);
  const label = registry.loginServer?.split('.')[0];
  return said || (label ? [label, branch, suffix].filter(Boolean).join('.').toLowerCase() : null);
}

const branchOf = (fqdn: string, suffix: string): string => withoutEnd(fqdn, `.${suffix}`).split('.').slice(1).join('.');

/** `registry` is the login server, `registry_data_<region>` a data endpoint, `registry_<region>` a regional one. */
function branchOfMember(member: string): string | null {
  const [known, data, geo] = /^registry(?:_data_(.+)|_(.+))?$/.exec(member.toLowerCase()) ?? [];
  if (known === undefined) return null;
  return data ? `${data}.data` : geo ? `${geo}.geo` : '';
}

const withoutEnd = (text: string, end: string): string => (text.endsWith(end) ? text.slice(0, -end.length) : text);
