import type { AcrUpdate, RegistryCommand } from '../model/command.ts';
import type { Registry } from '../model/facets/registry.ts';
import type { KnownFacts } from '../model/step.ts';
import { previewVersion, refusedFollowing, refusedModeSwitch } from './constraints.ts';
import { settingsOf } from './registry-switches.ts';
import { atRegistry, back, nothing, notTold, oneOf, onOrOff, type Traits } from './trait.ts';
import { asking, word } from './words.ts';

/** `az acr update` with these switches. */
export const acrUpdate = (set: AcrUpdate): RegistryCommand => ({ kind: 'acr.update', set });

/** `az acr config retention update`. */
export const acrRetention = (days: number): RegistryCommand => ({ kind: 'acr.retention', status: 'enabled', days });

/** `az acr config soft-delete update`. */
export const acrSoftDelete = (days: number): RegistryCommand => ({ kind: 'acr.softDelete', status: 'enabled', days });

/** `az acr config authentication-as-arm update --status disabled`. */
export const acrArmAudienceOff = (): RegistryCommand => ({ kind: 'acr.armAudience', status: 'disabled' });

/** `az acr config content-trust update --status disabled`. */
export const acrContentTrustOff = (): RegistryCommand => ({ kind: 'acr.contentTrust', status: 'disabled' });

/** Holds back what is pushed until somebody promotes it; az has no command for it. */
export const acrQuarantineOn = (): RegistryCommand => ({ kind: 'acr.quarantine', status: 'enabled' });

/** Every image that is held back becomes pullable. */
export const acrQuarantineOff = (): RegistryCommand => ({ kind: 'acr.quarantine', status: 'disabled' });

/** Lets tasks past the registry's network rules with their system token, or no longer; az acr has no flag for it. */
export const tasksBypass = (allowed: boolean): RegistryCommand => ({ kind: 'acr.tasksBypass', allowed });

/** `az acr encryption rotate-key`: a key id without a version makes the registry follow the key's rotations. */
export const acrFollowKey = (versionlessKey: string): RegistryCommand => ({
  kind: 'acr.encryptionKey',
  key: versionlessKey,
});

/** `az acr network-rule add` of an address or range. */
export const addIpRule = (range: string): RegistryCommand => ({ kind: 'acr.ipRule.add', range });

/** `az acr network-rule remove` of an address or range. */
export const removeIpRule = (range: string): RegistryCommand => ({ kind: 'acr.ipRule.remove', range });

/** An effect that only changes the registry itself. */
export const onRegistry = (facts: KnownFacts, change: (registry: Registry) => Registry): KnownFacts =>
  facts.registry ? { ...facts, registry: change(facts.registry) } : facts;

const named = '--name <registry> --resource-group <group> --subscription <subscription>';

export const of = '--registry <registry> --subscription <subscription>';

const show = (query: string): string => `az acr show ${named} ${asking(query)}`;

export const registryTraits: Traits<RegistryCommand> = {
  'acr.update': {
    az: ({ set }) =>
      `az acr update ${named} ${settingsOf(set)
        .map(({ written }) => written)
        .join(' ')}`,
    apply: (facts, { set }) =>
      onRegistry(facts, (registry) => settingsOf(set).reduce((changed, { apply }) => apply(changed), registry)),
    target: atRegistry,
    undo: ({ set }, { registry }) => {
      const before = settingsOf(set).map((setting) => (registry ? setting.before(registry) : null));
      return before.includes(null) ? notTold : [acrUpdate(Object.assign({}, ...before))];
    },
    verify: ({ set }) => {
      const [first, ...others] = settingsOf(set);
      if (first === undefined) return null;
      if (others.length === 0) return { az: show(first.shown), prints: first.prints };
      const all = [first, ...others];
      return {
        az: show(`join(' ', [${all.map(({ shown }) => `to_string(${shown})`).join(', ')}])`),
        prints: all.map(({ prints }) => prints).join(' '),
      };
    },
    ends: ({ set }) => settingsOf(set).find(({ ends }) => ends !== null)?.ends ?? null,
  },
  'acr.retention': {
    az: ({ status, days }) =>
      `az acr config retention update ${of} --type UntaggedManifests --status ${status} --days ${days}`,
    apply: (facts, { status, days }) =>
      onRegistry(facts, (registry) => ({
        ...registry,
        policies: { ...registry.policies, retention: { status, days } },
      })),
    target: atRegistry,
    undo: (_, { registry }) => {
      const { retention } = registry?.policies ?? {};
      const status = onOrOff(retention?.status);
      return status === null ? notTold : back(retention?.days, (days) => ({ kind: 'acr.retention', status, days }));
    },
    verify: ({ status, days }) => ({
      az: `az acr config retention show ${of} ${asking("join(' ', [status, to_string(days)])")}`,
      prints: `${status} ${days}`,
    }),
    ends: ({ status }) => (status === 'enabled' ? 'thing' : null),
  },
  'acr.softDelete': {
    az: ({ status, days }) => `az acr config soft-delete update ${of} --status ${status} --days ${days} --yes`,
    apply: (facts, { status, days }) =>
      onRegistry(facts, (registry) => ({
        ...registry,
        policies: { ...registry.policies, softDelete: { status, retentionDays: days } },
      })),
    target: atRegistry,
    undo: (_, { registry }) => {
      const { softDelete } = registry?.policies ?? {};
      const status = onOrOff(softDelete?.status);
      return status === null
        ? notTold
        : back(softDelete?.retentionDays, (days) => ({ kind: 'acr.softDelete', status, days }));
    },
    verify: ({ status, days }) => ({
      az: `az acr config soft-delete show ${of} ${asking("join(' ', [status, to_string(retentionDays)])")}`,
      prints: `${status} ${days}`,
    }),
    ends: ({ status }) => (status === 'disabled' ? 'thing' : null),
  },
  'acr.armAudience': {
    az: ({ status }) => `az acr config authentication-as-arm update ${of} --status ${status}`,
    apply: (facts, { status }) => onPolicy(facts, 'azureAdAuthenticationAsArm', status),
    target: atRegistry,
    undo: (_, { registry }) =>
      back(onOrOff(registry?.policies.azureAdAuthenticationAsArm?.status), (status) => ({
        kind: 'acr.armAudience',
        status,
      })),
    verify: ({ status }) => ({
      az: `az acr config authentication-as-arm show ${of} ${asking('status')}`,
      prints: status,
    }),
    ends: ({ status }) => (status === 'disabled' ? 'right' : null),
  },
  'acr.contentTrust': {
    az: ({ status }) => `az acr config content-trust update ${of} --status ${status}`,
    apply: (facts, { status }) => onPolicy(facts, 'trust', status),
    target: atRegistry,
    undo: () => ({ cannot: 'Azure no longer enables content trust: once off, it stays off.' }),
    verify: ({ status }) => ({ az: `az acr config content-trust show ${of} ${asking('status')}`, prints: status }),
    ends: ({ status }) => (status === 'disabled' ? 'thing' : null),
  },
  'acr.quarantine': {
    az: ({ status }) => patch({ policies: { quarantinePolicy: { status } } }),
    apply: (facts, { status }) => onPolicy(facts, 'quarantine', status),
    target: atRegistry,
    undo: (_, { registry }) =>
      back(onOrOff(registry?.policies.quarantine?.status), (status) => ({ kind: 'acr.quarantine', status })),
    verify: ({ status }) => ({ az: show('policies.quarantinePolicy.status'), prints: status }),
    ends: ({ status }) => (status === 'enabled' ? 'right' : null),
  },
  'acr.tasksBypass': {
    az: ({ allowed }) => patch({ networkRuleBypassAllowedForTasks: allowed }),
    apply: (facts, { allowed }) =>
      onRegistry(facts, (registry) => ({ ...registry, networkRuleBypassAllowedForTasks: allowed })),
    target: atRegistry,
    undo: (_, { registry }) =>
      back(registry?.networkRuleBypassAllowedForTasks, (allowed) => ({ kind: 'acr.tasksBypass', allowed })),
    verify: ({ allowed }) => ({
      az: `az resource show --ids <registry-id> --api-version ${previewVersion} ${asking('properties.networkRuleBypassAllowedForTasks')}`,
      prints: String(allowed),
    }),
    ends: ({ allowed }) => (allowed ? null : 'way'),
  },
  'acr.encryptionKey': {
    az: ({ key }) => `az acr encryption rotate-key ${named} --key-encryption-key ${word(key)}`,
    apply: (facts, { key }) =>
      onRegistry(facts, (registry) =>
        registry.encryption
          ? {
              ...registry,
              encryption: { ...registry.encryption, keyIdentifier: key, keyRotationEnabled: !hasVersion(key) },
            }
          : registry,
      ),
    refuse: ({ registry }) => refusedFollowing(registry),
    target: atRegistry,
    undo: (_, { registry }) => back(registry?.encryption?.keyIdentifier, (key) => ({ kind: 'acr.encryptionKey', key })),
    verify: ({ key }) => ({
      az: `az acr encryption show --name <registry> --subscription <subscription> ${asking('keyVaultProperties.keyIdentifier')}`,
      prints: key,
    }),
    ends: nothing,
  },
  'acr.roleMode': {
    az: ({ mode }) =>
      `az acr update ${named} --role-assignment-mode ${mode === 'AbacRepositoryPermissions' ? 'rbac-abac' : 'rbac'}`,
    apply: (facts, { mode }) => onRegistry(facts, (registry) => ({ ...registry, roleAssignmentMode: mode })),
    refuse: (facts, { mode }) => refusedModeSwitch(facts, mode),
    target: atRegistry,
    undo: (_, { registry }) =>
      back(oneOf(registry?.roleAssignmentMode, ['LegacyRegistryPermissions', 'AbacRepositoryPermissions']), (mode) => ({
        kind: 'acr.roleMode',
        mode,
      })),
    verify: ({ mode }) => ({ az: show('roleAssignmentMode'), prints: mode }),
    // The roles of the other mode do nothing from then on.
    ends: () => 'right',
  },
  'acr.ipRule.add': {
    az: ({ range }) => `az acr network-rule add ${named} --ip-address ${word(range)}`,
    apply: (facts, { range }) =>
      onRegistry(facts, (registry) =>
        withRules(registry, (rules) => (rules.includes(range) ? rules : [...rules, range])),
      ),
    target: atRegistry,
    undo: ({ range }, { registry }) =>
      registry?.networkRuleSet?.ipRules?.includes(range) ? [] : [removeIpRule(range)],
    verify: ({ range }) => ({ az: listed(range), prints: '1' }),
    ends: nothing,
  },
  'acr.ipRule.remove': {
    az: ({ range }) => `az acr network-rule remove ${named} --ip-address ${word(range)}`,
    apply: (facts, { range }) =>
      onRegistry(facts, (registry) => withRules(registry, (rules) => rules.filter((rule) => rule !== range))),
    target: atRegistry,
    undo: ({ range }, { registry }) => (registry?.networkRuleSet?.ipRules?.includes(range) ? [addIpRule(range)] : []),
    verify: ({ range }) => ({ az: listed(range), prints: '0' }),
    ends: () => 'way',
  },
};

/**
 * Sends only what changes. `az resource update` puts the whole registry as its api-version shows it: without soft delete,
 * subnet rules, regional endpoints or a domain name label where that version does not know them. The version stands in
 * the URL: az 2.74 breaks on `--url-parameters` beside a path.
 */
const patch = (properties: object): string =>
  `az rest --method patch --url "<registry-id>?api-version=${previewVersion}" --body ${word(JSON.stringify({ properties }))}`;

const onPolicy = (
  facts: KnownFacts,
  policy: 'quarantine' | 'trust' | 'azureAdAuthenticationAsArm',
  status: 'enabled' | 'disabled',
): KnownFacts =>
  onRegistry(facts, (registry) => ({ ...registry, policies: { ...registry.policies, [policy]: { status } } }));

const withRules = (registry: Registry, change: (rules: readonly string[]) => readonly string[]): Registry => {
  const before = registry.networkRuleSet ?? { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: null };
  return { ...registry, networkRuleSet: { ...before, ipRules: change(before.ipRules ?? []) } };
};

const listed = (range: string): string =>
  `az acr network-rule list ${named} --query ${word("length(ipRules[?ipAddressOrRange=='")}${word(range)}${word("'])")} --output tsv`;

/** A key's id is `https://<vault>/keys/<name>`, and has a version behind that or not. */
const hasVersion = (key: string): boolean => /\/keys\/[^/]+\/[^/]+/.test(key);
