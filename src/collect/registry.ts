import * as v from 'valibot';
import { withoutSecrets, withoutSecretsNamed } from '../facts/tasks/secret-masks.ts';
import type { PrivateEndpointConnection, Registry } from '../model/facets/registry.ts';
import { parseId } from '../model/ids.ts';
import { identityWire, managedIdentity } from './managed-identity.ts';
import { armId, flag, maybe, member, number, read, ShapeError, text, texts, told } from './read.ts';

/**
 * Newest first. Subnet rules are answered by the first alone, soft delete, regional endpoints and the endpoint protocol by
 * the previews alone; what the version that answers does not show is untold.
 */
export const registryApiVersions = ['2026-09-01-preview', '2026-01-01-preview', '2025-11-01'] as const;

const status = told(member('policyStatus'));
const policy = told(v.object({ status }));

const connectionState = v.object({ status: member('connectionStatus') });

const connectionWire = v.object({
  id: text,
  name: text,
  properties: v.object({
    privateEndpoint: maybe(v.object({ id: maybe(armId) })),
    privateLinkServiceConnectionState: told(connectionState),
  }),
});

/** As a registry answers it: one without state is a reason to ask the list of connections itself. */
const wholeConnectionWire = v.object({
  ...connectionWire.entries,
  properties: v.object({
    ...connectionWire.entries.properties.entries,
    privateLinkServiceConnectionState: connectionState,
  }),
});

const wire = v.object({
  id: armId,
  name: text,
  location: text,
  tags: maybe(v.record(text, v.unknown())),
  sku: told(v.object({ name: told(member('sku')) })),
  identity: maybe(identityWire),
  properties: v.object({
    loginServer: told(text),
    adminUserEnabled: told(flag),
    anonymousPullEnabled: told(flag),
    publicNetworkAccess: told(member('enabledDisabled')),
    networkRuleSet: told(
      v.object({
        defaultAction: told(member('defaultAction')),
        // One odd rule, and it is not known which networks are let in.
        ipRules: told(v.array(v.object({ value: text }))),
        virtualNetworkRules: told(v.array(v.object({ id: text }))),
      }),
    ),
    networkRuleBypassOptions: told(member('networkRuleBypassOptions')),
    networkRuleBypassAllowedForTasks: told(flag),
    dataEndpointEnabled: told(flag),
    dataEndpointHostNames: told(texts),
    regionalEndpoints: told(member('enabledDisabled')),
    regionalEndpointHostNames: told(texts),
    endpointProtocol: told(text),
    privateEndpointConnections: told(v.array(wholeConnectionWire)),
    policies: told(
      v.object({
        quarantinePolicy: policy,
        trustPolicy: policy,
        exportPolicy: policy,
        azureADAuthenticationAsArmPolicy: policy,
        retentionPolicy: told(v.object({ status, days: told(number) })),
        softDeletePolicy: told(v.object({ status, retentionDays: told(number) })),
      }),
    ),
    encryption: maybe(
      v.object({
        status,
        keyVaultProperties: maybe(
          v.object({
            keyIdentifier: told(text),
            keyRotationEnabled: told(flag),
            identity: told(text),
          }),
        ),
      }),
    ),
    roleAssignmentMode: told(member('roleAssignmentMode')),
  }),
});

/** Reads a registry as ARM answers it, from a list or alone. */
export function parseRegistry(body: unknown, apiVersion: string): Registry {
  const { id, name, location, tags, sku, identity, properties } = read('a registry', wire, body);
  const resourceGroup = parseId(id)?.resourceGroup;
  if (resourceGroup === undefined)
    throw new ShapeError(`Azure's answer for a registry has an id of no known form: ${id}`);
  const { networkRuleSet, policies, encryption, privateEndpointConnections, ...same } = properties;
  return {
    ...same,
    id,
    name,
    resourceGroup,
    location,
    // Anybody may write a password there, and a snapshot is handed around.
    tags: Object.fromEntries(
      Object.entries(tags ?? {})
        .filter(isText)
        .map(([key, value]) => [withoutSecrets(key), withoutSecretsNamed(key, value)]),
    ),
    sku: sku?.name ?? null,
    networkRuleSet: networkRuleSet && {
      defaultAction: networkRuleSet.defaultAction,
      ipRules: networkRuleSet.ipRules?.map((rule) => rule.value) ?? null,
      virtualNetworkRules: networkRuleSet.virtualNetworkRules?.map((rule) => rule.id) ?? null,
    },
    privateEndpointConnections: privateEndpointConnections?.map(asConnection) ?? null,
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
      keyRotationEnabled: encryption.keyVaultProperties?.keyRotationEnabled ?? null,
      identity: encryption.keyVaultProperties?.identity ?? null,
    },
    identity: identity && managedIdentity(identity),
    apiVersion,
  };
}

const isText = (entry: readonly [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';

/** Reads a private endpoint connection of the list of its own. */
export const parseConnection = (body: unknown): PrivateEndpointConnection =>
  asConnection(read('a private endpoint connection', connectionWire, body));

function asConnection({ id, name, properties }: v.InferOutput<typeof connectionWire>): PrivateEndpointConnection {
  return {
    id,
    name,
    status: properties.privateLinkServiceConnectionState?.status ?? null,
    endpoint: properties.privateEndpoint?.id ?? null,
  };
}
