import * as v from 'valibot';
import type { Registry } from '../model/facets/registry.ts';
import { parseId } from '../model/ids.ts';
import { identityWire, managedIdentity } from './managed-identity.ts';
import { flag, maybe, member, number, read, ShapeError, text, texts } from './read.ts';

/**
 * Soft delete, regional endpoints and the endpoint protocol are answered by preview api-versions only; where ARM
 * refuses this one (a sovereign cloud lags behind), the stable one answers the rest.
 */
export const registryApiVersions = ['2026-01-01-preview', '2025-11-01'] as const;

const status = maybe(member('policyStatus'));
const policy = maybe(v.object({ status }));

const wire = v.object({
  id: text,
  name: text,
  location: text,
  tags: maybe(v.record(text, text)),
  sku: maybe(v.object({ name: maybe(member('sku')) })),
  identity: maybe(identityWire),
  properties: v.object({
    loginServer: maybe(text),
    creationDate: maybe(text),
    provisioningState: maybe(member('provisioningState')),
    adminUserEnabled: maybe(flag),
    anonymousPullEnabled: maybe(flag),
    publicNetworkAccess: maybe(member('enabledDisabled')),
    networkRuleSet: maybe(
      v.object({
        defaultAction: maybe(member('defaultAction')),
        ipRules: maybe(v.array(v.object({ value: text }))),
        virtualNetworkRules: maybe(v.array(v.object({ id: text }))),
      }),
    ),
    networkRuleBypassOptions: maybe(member('networkRuleBypassOptions')),
    networkRuleBypassAllowedForTasks: maybe(flag),
    dataEndpointEnabled: maybe(flag),
    dataEndpointHostNames: maybe(texts),
    regionalEndpoints: maybe(member('enabledDisabled')),
    regionalEndpointHostNames: maybe(texts),
    endpointProtocol: maybe(text),
    privateEndpointConnections: maybe(v.array(v.unknown())),
    policies: maybe(
      v.object({
        quarantinePolicy: policy,
        trustPolicy: policy,
        exportPolicy: policy,
        azureADAuthenticationAsArmPolicy: policy,
        retentionPolicy: maybe(v.object({ status, days: maybe(number) })),
        softDeletePolicy: maybe(v.object({ status, retentionDays: maybe(number) })),
      }),
    ),
    encryption: maybe(
      v.object({
        status,
        keyVaultProperties: maybe(
          v.object({
            keyIdentifier: maybe(text),
            versionedKeyIdentifier: maybe(text),
            keyRotationEnabled: maybe(flag),
            identity: maybe(text),
          }),
        ),
      }),
    ),
    roleAssignmentMode: maybe(member('roleAssignmentMode')),
    zoneRedundancy: maybe(member('enabledDisabled')),
  }),
});

/** Reads a registry as ARM answers it, from a list or alone. */
export function parseRegistry(body: unknown, apiVersion: string): Registry {
  const { id, name, location, tags, sku, identity, properties } = read('a registry', wire, body);
  const resourceGroup = parseId(id)?.resourceGroup;
  if (resourceGroup === undefined)
    throw new ShapeError(`Azure's answer for a registry has an id of no known form: ${id}`);
  const { creationDate, networkRuleSet, policies, encryption, privateEndpointConnections, ...same } = properties;
  return {
    ...same,
    id,
    name,
    resourceGroup,
    location,
    tags: tags ?? {},
    sku: sku?.name ?? null,
    createdAt: creationDate,
    networkRuleSet: networkRuleSet && {
      defaultAction: networkRuleSet.defaultAction,
      ipRules: networkRuleSet.ipRules?.map((rule) => rule.value) ?? null,
      virtualNetworkRules: networkRuleSet.virtualNetworkRules?.map((rule) => rule.id) ?? null,
    },
    privateEndpointConnections: privateEndpointConnections?.map(parseConnection) ?? null,
    policies: {
      quarantine: policies?.quarantinePolicy ?? null,
      trust: policies?.trustPolicy ?? null,
      export: policies?.exportPolicy ?? null,
      azureAdAuthenticationAsArm: policies?.azureADAuthenticationAsArmPolicy ?? null,
      retention: policies?.retentionPolicy ?? null,
      softDelete: policies?.softDeletePolicy ?? null,
    },
    encryption: encryption && {
      status: encryption.status,
      keyIdentifier: encryption.keyVaultProperties?.keyIdentifier ?? null,
      versionedKeyIdentifier: encryption.keyVaultProperties?.versionedKeyIdentifier ?? null,
      keyRotationEnabled: encryption.keyVaultProperties?.keyRotationEnabled ?? null,
      identity: encryption.keyVaultProperties?.identity ?? null,
    },
    identity: identity && managedIdentity(identity),
    apiVersion,
  };
}

const connectionWire = v.object({
  id: text,
  name: text,
  properties: v.object({
    privateEndpoint: maybe(v.object({ id: maybe(text) })),
    privateLinkServiceConnectionState: maybe(
      v.object({ status: maybe(member('connectionStatus')), description: maybe(text) }),
    ),
  }),
});

/** Reads a private endpoint connection as it stands in a registry or in the list of its own. */
export function parseConnection(body: unknown) {
  const { id, name, properties } = read('a private endpoint connection', connectionWire, body);
  return {
    id,
    name,
    status: properties.privateLinkServiceConnectionState?.status ?? null,
    description: properties.privateLinkServiceConnectionState?.description ?? null,
    endpoint: properties.privateEndpoint?.id ?? null,
  };
}
