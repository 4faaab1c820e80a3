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

const isSoft = (body: Json): boolean => stateOf(body).policies.softDelete?.status === 'enabled';

/** Soft delete beside replicas or cache rules, whichever comes second. */
const softDeleteBeside = (what: string): Refusal => ({
  code: null,
  refused: `soft delete is not supported because the registry has ${what}`,
});

const otherReplicas = (tenant: Tenant, registry: Resource): boolean =>
  ofType(tenant, 'Microsoft.ContainerRegistry/registries/replications').some(
    (one) => within(one.id, registry.id) && !sameId(String(one['location']), String(registry['location'])),
  );

const cached = (tenant: Tenant, registry: Resource): boolean =>
  ofType(tenant, 'Microsoft.ContainerRegistry/registries/cacheRules').some((one) => within(one.id, registry.id));

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
    const registry = found(tenant, id);
    const pipelines = ofType(tenant, 'Microsoft.ContainerRegistry/registries/exportPipelines').filter((one) =>
      within(one.id, id),
    );
    const trusted = (body: Json) => stateOf(body).policies.trust?.status === 'enabled';
    if (trusted(after) && !trusted(before))
      return { code: null, refused: 'content trust can no longer be enabled (since 31 May 2026)' };
    if (registry && isSoft(after) && !isSoft(before)) {
      if (otherReplicas(tenant, registry)) return softDeleteBeside('replicas');
      if (cached(tenant, registry)) return softDeleteBeside('cache rules');
    }
    const exportPipelines = pipelines.map(({ id }) => id);
    return (
      (isPut ? constraints.refusedPut(stateOf(before), apiVersion) : null) ??
      constraints.refusedState(stateOf(before), stateOf(after), { exportPipelines })
    );
  },
  'microsoft.containerregistry/registries/replications': (tenant, { id, before, after }) => {
    const registry = registryOf(tenant, id);
    if (!registry) return null;
    if (after === null)
      return sameId(String(before?.['location']), String(registry['location'])) && otherReplicas(tenant, registry)
        ? {
            code: 'HomeReplicationCannotBeDeleted',
            refused: 'the replication of the home region cannot be deleted',
          }
        : null;
    if (before === null && isSoft(registry)) return softDeleteBeside('replicas');
    return before === null ? constraints.refusedBelowPremium(stateOf(registry), 'geo-replication') : null;
  },
  'microsoft.containerregistry/registries/cacherules': (tenant, { id, before }) => {
    const registry = registryOf(tenant, id);
    return registry && before === null && isSoft(registry) ? softDeleteBeside('cache rules') : null;
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
