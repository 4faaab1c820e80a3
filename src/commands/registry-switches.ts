import type { AcrUpdate } from '../model/command.ts';
import type { Registry } from '../model/facets/registry.ts';
import { type Ends, nothing, oneOf } from './trait.ts';

/** How a switch of `az acr update` is written, read from the facts and shown by `az acr show`. */
interface SwitchTrait<V> {
  readonly flag: string;
  readonly shown: string;
  /** As `az acr show` prints it. */
  readonly prints: (value: V) => string;
  readonly of: (registry: Registry) => V | null;
  readonly set: (registry: Registry, value: V) => Registry;
  readonly ends: (value: V) => Ends | null;
}

const onOff = (value: boolean): 'Enabled' | 'Disabled' => (value ? 'Enabled' : 'Disabled');

/** `true` and `false` of two words; `null` for any other. */
const whether = (value: string | null | undefined, yes: string, no: string): boolean | null =>
  value === yes ? true : value === no ? false : null;

const noRules = { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: null } as const;

const switches: { readonly [K in keyof Required<AcrUpdate>]: SwitchTrait<Required<AcrUpdate>[K]> } = {
  sku: {
    flag: '--sku',
    shown: 'sku.name',
    prints: String,
    of: ({ sku }) => oneOf(sku, ['Basic', 'Standard', 'Premium']),
    // Premium has rules, and begins with none; Azure shows none of them below it.
    set: (registry, sku) => ({
      ...registry,
      sku,
      networkRuleSet: sku === 'Premium' ? (registry.networkRuleSet ?? noRules) : registry.networkRuleSet,
    }),
    ends: nothing,
  },
  adminEnabled: {
    flag: '--admin-enabled',
    shown: 'adminUserEnabled',
    prints: String,
    of: ({ adminUserEnabled }) => adminUserEnabled,
    set: (registry, adminUserEnabled) => ({ ...registry, adminUserEnabled }),
    ends: (on) => (on ? null : 'right'),
  },
  anonymousPullEnabled: {
    flag: '--anonymous-pull-enabled',
    shown: 'anonymousPullEnabled',
    prints: String,
    of: ({ anonymousPullEnabled }) => anonymousPullEnabled,
    set: (registry, anonymousPullEnabled) => ({ ...registry, anonymousPullEnabled }),
    ends: (on) => (on ? null : 'right'),
  },
  publicNetworkEnabled: {
    flag: '--public-network-enabled',
    shown: 'publicNetworkAccess',
    prints: onOff,
    of: ({ publicNetworkAccess }) => whether(publicNetworkAccess, 'Enabled', 'Disabled'),
    set: (registry, on) => ({ ...registry, publicNetworkAccess: onOff(on) }),
    ends: (on) => (on ? null : 'way'),
  },
  defaultAction: {
    flag: '--default-action',
    shown: 'networkRuleSet.defaultAction',
    prints: String,
    of: ({ networkRuleSet }) => oneOf(networkRuleSet?.defaultAction, ['Allow', 'Deny']),
    set: (registry, defaultAction) => ({
      ...registry,
      networkRuleSet: { ipRules: [], virtualNetworkRules: null, ...registry.networkRuleSet, defaultAction },
    }),
    ends: (action) => (action === 'Deny' ? 'way' : null),
  },
  allowTrustedServices: {
    flag: '--allow-trusted-services',
    shown: 'networkRuleBypassOptions',
    prints: (on) => (on ? 'AzureServices' : 'None'),
    of: ({ networkRuleBypassOptions }) => whether(networkRuleBypassOptions, 'AzureServices', 'None'),
    set: (registry, on) => ({ ...registry, networkRuleBypassOptions: on ? 'AzureServices' : 'None' }),
    ends: (on) => (on ? null : 'way'),
  },
  dataEndpointEnabled: {
    flag: '--data-endpoint-enabled',
    shown: 'dataEndpointEnabled',
    prints: String,
    of: ({ dataEndpointEnabled }) => dataEndpointEnabled,
    set: (registry, dataEndpointEnabled) => ({ ...registry, dataEndpointEnabled }),
    // Layers come from other host names afterwards, which a client's firewall may not know.
    ends: () => 'way',
  },
  allowExports: {
    flag: '--allow-exports',
    shown: 'policies.exportPolicy.status',
    prints: (on) => (on ? 'enabled' : 'disabled'),
    of: ({ policies }) => whether(policies.export?.status, 'enabled', 'disabled'),
    set: (registry, on) => ({
      ...registry,
      policies: { ...registry.policies, export: { status: on ? 'enabled' : 'disabled' } },
    }),
    ends: (on) => (on ? null : 'right'),
  },
};

/** A switch with the value it is set to. */
interface Setting {
  readonly name: keyof AcrUpdate;
  readonly written: string;
  readonly shown: string;
  readonly prints: string;
  readonly ends: Ends | null;
  readonly apply: (registry: Registry) => Registry;
  /** The same switch as it is on a registry; `null` where Azure does not say. */
  readonly before: (registry: Registry) => AcrUpdate | null;
}

/** The switches that an update sets. */
export const settingsOf = (set: AcrUpdate): readonly Setting[] =>
  (Object.keys(switches) as (keyof AcrUpdate)[]).flatMap((name) => settingOf(name, set));

function settingOf<K extends keyof AcrUpdate>(name: K, set: AcrUpdate): readonly Setting[] {
  const value = set[name] as Required<AcrUpdate>[K] | undefined;
  if (value === undefined) return [];
  const trait: SwitchTrait<Required<AcrUpdate>[K]> = switches[name];
  return [
    {
      name,
      written: `${trait.flag} ${value}`,
      shown: trait.shown,
      prints: trait.prints(value),
      ends: trait.ends(value),
      apply: (registry) => trait.set(registry, value),
      before: (registry) => {
        const was = trait.of(registry);
        return was === null ? null : { [name]: was };
      },
    },
  ];
}
