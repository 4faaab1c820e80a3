import * as constraints from '../commands/constraints.ts';
import type { Lock } from '../model/facets/locks.ts';
import type { NetworkLink, ZoneEvidence } from '../model/facets/private-dns.ts';
import { idKey, lastPart, sameId } from '../model/ids.ts';
import { isBelowPremium } from '../model/sku.ts';
import type { Refusal } from '../model/step.ts';
import { found, type Json, memberAt, objectAt, objectsAt, propertiesOf, textAt } from './bodies.ts';
import { above, type ProviderPath, providerPath, typeOf, within } from './paths.ts';
import type { Resource, Tenant } from './tenant.ts';

/** What a write would make of a resource: `after` is null where it is deleted, `before` where it is new. */
export interface Change {
  readonly parts: ProviderPath;
  readonly id: string;
  readonly before: Json | null;
  readonly after: Json | null;
  readonly apiVersion: string;
  readonly isPut: boolean;
}

type Rule = (tenant: Tenant, change: Change) => Refusal | null;

/** Why Azure turns a write down, by the constraints that fixes and plans are held to; `null` where it takes it. */
export function refusedWrite(tenant: Tenant, change: Change): Refusal | null {
  // Locks are made and lifted whatever is locked.
  const isLock = sameId(typeOf(change.parts), 'Microsoft.Authorization/locks');
  const locked = isLock ? null : constraints.refusedByLock(locksOf(tenant), change.id, change.after === null);
  return locked ?? rules[idKey(typeOf(change.parts))]?.(tenant, change) ?? null;
}

const locksOf = (tenant: Tenant): readonly Lock[] =>
  ofType(tenant, 'Microsoft.Authorization/locks').map((lock) => ({
    id: lock.id,
    name: lastPart(lock.id),
    scope: providerPath(lock.id)?.scope ?? '',
    level: memberAt(propertiesOf(lock), 'level', 'lockLevel'),
  }));

const ofType = (tenant: Tenant, type: string): readonly Resource[] =>
  tenant.resources.filter(({ id }) => {
    const parts = providerPath(id);
    return parts !== null && sameId(typeOf(parts), type);
  });

const registryOf = (tenant: Tenant, id: string): Resource | undefined =>
  found(tenant, id.replace(/(\/registries\/[^/]+)\/.*$/i, '$1'));

const policy = (properties: Json, name: string) => ({
  status: memberAt(objectAt(objectAt(properties, 'policies'), name), 'status', 'policyStatus'),
});

/** What the rules of a registry look at, of its body. */
function stateOf(body: Json): constraints.RegistryState {
  const properties = propertiesOf(body);
  const rules = properties['networkRuleSet'];
  const on = (key: string): boolean | null => (typeof properties[key] === 'boolean' ? properties[key] : null);
  return {
    sku: memberAt(objectAt(body, 'sku'), 'name', 'sku'),
    publicNetworkAccess: memberAt(properties, 'publicNetworkAccess', 'enabledDisabled'),
    networkRuleSet:
      rules === undefined || rules === null
        ? null
        : {
            defaultAction: memberAt(objectAt(properties, 'networkRuleSet'), 'defaultAction', 'defaultAction'),
            ipRules: objectsAt(objectAt(properties, 'networkRuleSet'), 'ipRules').map(
              (rule) => textAt(rule, 'value') ?? '',
            ),
            virtualNetworkRules: null,
          },
    dataEndpointEnabled: on('dataEndpointEnabled'),
    anonymousPullEnabled: on('anonymousPullEnabled'),
    policies: {
      quarantine: policy(properties, 'quarantinePolicy'),
      trust: policy(properties, 'trustPolicy'),
      export: policy(properties, 'exportPolicy'),
      azureAdAuthenticationAsArm: policy(properties, 'azureADAuthenticationAsArmPolicy'),
      retention: { ...policy(properties, 'retentionPolicy'), days: null },
      softDelete: { ...policy(properties, 'softDeletePolicy'), retentionDays: null },
    },
  };
}

/** A registry's body, and what stands beside it that soft delete is held against. */
const besideSoftDelete = (
  tenant: Tenant,
  registry: Json & { readonly id: string },
  more: { readonly replications?: readonly Json[]; readonly cacheRules?: readonly { readonly id: string }[] } = {},
): constraints.BesideSoftDelete => {
  const below = (type: string) => ofType(tenant, type).filter((one) => within(one.id, registry.id));
  const replications = [...below('Microsoft.ContainerRegistry/registries/replications'), ...(more.replications ?? [])];
  return {
    registry: { ...stateOf(registry), location: String(registry['location']) },
    replications: replications.map((one) => ({ location: String(one['location']) })),
    cacheRules: [...below('Microsoft.ContainerRegistry/registries/cacheRules'), ...(more.cacheRules ?? [])],
  };
};

const zonesOf = (tenant: Tenant): readonly ZoneEvidence[] =>
  ofType(tenant, 'Microsoft.Network/privateDnsZones').map((zone) => ({
    id: zone.id,
    name: lastPart(zone.id),
    records: observed([]),
    aliases: observed([]),
    links: observed(
      ofType(tenant, 'Microsoft.Network/privateDnsZones/virtualNetworkLinks')
        .filter((link) => within(link.id, zone.id))
        .map(
          (link): NetworkLink => ({
            name: lastPart(link.id),
            network: textAt(objectAt(propertiesOf(link), 'virtualNetwork'), 'id') ?? '',
            state: null,
            provisioningState: null,
            resolutionPolicy: null,
          }),
        ),
    ),
  }));

const observed = <T>(value: T) => ({ state: 'observed' as const, value, sources: [] });

const rules: Readonly<Record<string, Rule>> = {
  'microsoft.containerregistry/registries': (tenant, { id, before, after, apiVersion, isPut }) => {
    if (before === null || after === null) return null;
    const pipelines = ofType(tenant, 'Microsoft.ContainerRegistry/registries/exportPipelines').filter((one) =>
      within(one.id, id),
    );
    const exportPipelines = pipelines.map(({ id }) => id);
    return (
      (isPut ? constraints.refusedPut(stateOf(before), apiVersion) : null) ??
      constraints.refusedState(stateOf(before), stateOf(after), { exportPipelines }) ??
      constraints.refusedSoftDelete(
        besideSoftDelete(tenant, { ...before, id }),
        besideSoftDelete(tenant, { ...after, id }),
      )
    );
  },
  'microsoft.containerregistry/registries/replications': (tenant, { id, before, after }) => {
    const registry = registryOf(tenant, id);
    if (!registry) return null;
    const replicas = ofType(tenant, 'Microsoft.ContainerRegistry/registries/replications').filter((one) =>
      within(one.id, registry.id),
    );
    const location = String(registry['location']);
    if (after === null)
      return constraints.refusedReplicaDelete(
        { location },
        replicas.map((one) => ({ name: lastPart(one.id), location: String(one['location']) })),
        lastPart(id),
      );
    if (before !== null) return null;
    return (
      constraints.refusedBelowPremium(stateOf(registry), 'geo-replication') ??
      constraints.refusedSoftDelete(
        besideSoftDelete(tenant, registry),
        besideSoftDelete(tenant, registry, { replications: [after] }),
      )
    );
  },
  'microsoft.containerregistry/registries/cacherules': (tenant, { id, before, after }) => {
    const registry = registryOf(tenant, id);
    return registry && before === null && after !== null
      ? constraints.refusedSoftDelete(
          besideSoftDelete(tenant, registry),
          besideSoftDelete(tenant, registry, { cacheRules: [{ id }] }),
        )
      : null;
  },
  'microsoft.containerregistry/registries/scopemaps': (tenant, { id, after }) => {
    const tokens = ofType(tenant, 'Microsoft.ContainerRegistry/registries/tokens')
      .filter((token) => within(token.id, above(above(id))))
      .map((token) => ({ scopeMap: textAt(propertiesOf(token), 'scopeMapId') }));
    return after === null ? constraints.refusedMapDelete(tokens, lastPart(id)) : null;
  },
  'microsoft.network/privatednszones': (tenant, { id, after }) =>
    after === null ? constraints.refusedZoneDelete(zonesOf(tenant).find((zone) => sameId(zone.id, id))) : null,
  'microsoft.network/privatednszones/virtualnetworklinks': (tenant, { id, before, after }) =>
    before !== null || after === null
      ? null
      : constraints.refusedLink(
          zonesOf(tenant),
          above(above(id)),
          textAt(objectAt(propertiesOf(after), 'virtualNetwork'), 'id') ?? '',
          lastPart(id),
        ),
  'microsoft.network/privateendpoints': (tenant, { id, before, after }) => {
    if (before !== null || after === null) return null;
    const subnet = textAt(objectAt(propertiesOf(after), 'subnet'), 'id') ?? '';
    const network = found(tenant, above(above(subnet)));
    if (!network) return { code: 'InvalidResourceReference', refused: `there is no network of the subnet ${subnet}` };
    const target = connectionsOf(after).map((one) => textAt(propertiesOf(one), 'privateLinkServiceId') ?? '')[0] ?? '';
    const registry = found(tenant, target);
    if (!registry) return { code: 'InvalidResourceReference', refused: `there is no resource ${target}` };
    if (isBelowPremium(stateOf(registry))) return { code: null, refused: 'private endpoints need Premium' };
    return constraints.refusedEndpoint(String(network['location']), {
      id,
      location: String(after['location']),
      subnet,
    });
  },
  'microsoft.network/privateendpoints/privatednszonegroups': (tenant, { id, after }) => {
    const zones = objectsAt(propertiesOf(after ?? {}), 'privateDnsZoneConfigs').map(
      (one) => textAt(propertiesOf(one), 'privateDnsZoneId') ?? '',
    );
    const missing = zones.find((zone) => !found(tenant, zone));
    return missing === undefined
      ? null
      : {
          code: 'InvalidResourceReference',
          refused: `Resource ${missing} referenced by resource ${id} was not found.`,
        };
  },
  'microsoft.authorization/roleassignments': (tenant, { id, before, after }) => {
    if (before !== null || after === null) return null;
    const assigned = (resource: Json, scope: string) => {
      const properties = propertiesOf(resource);
      const roleId = lastPart(textAt(properties, 'roleDefinitionId') ?? '');
      return { scope, principalId: textAt(properties, 'principalId') ?? '', roleId };
    };
    const all = ofType(tenant, 'Microsoft.Authorization/roleAssignments').map((one) =>
      assigned(one, textAt(propertiesOf(one), 'scope') ?? providerPath(one.id)?.scope ?? ''),
    );
    return constraints.refusedAssignment(all, assigned(after, providerPath(id)?.scope ?? ''));
  },
  'microsoft.insights/diagnosticsettings': (tenant, { id, after }) => {
    if (after === null) return null;
    const scope = providerPath(id)?.scope ?? '';
    const all = ofType(tenant, 'Microsoft.Insights/diagnosticSettings').filter((one) =>
      sameId(providerPath(one.id)?.scope ?? '', scope),
    );
    return constraints.refusedSetting(all.map(settingOf), settingOf({ ...after, id }));
  },
};

export const connectionsOf = (endpoint: Json): readonly Json[] =>
  objectsAt(propertiesOf(endpoint), 'privateLinkServiceConnections');

const settingOf = (body: Json & { readonly id: string }) => {
  const properties = propertiesOf(body);
  const sinks = ['workspaceId', 'storageAccountId', 'eventHubAuthorizationRuleId', 'marketplacePartnerId'];
  return {
    id: body.id,
    name: lastPart(body.id),
    destinations: sinks.flatMap((sink) => textAt(properties, sink) ?? []),
    logs: objectsAt(properties, 'logs').map((log) => ({
      category: textAt(log, 'category'),
      group: textAt(log, 'categoryGroup'),
      enabled: log['enabled'] === true,
    })),
  };
};
