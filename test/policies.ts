import type { TenantDocument } from '../src/emulator/index.ts';

type Body = TenantDocument['resources'][number];

export const managementGroup = '/providers/Microsoft.Management/managementGroups/contoso';
const provider = '/providers/Microsoft.Authorization';

/** What is assigned at a scope. */
export const assignedPolicy = (name: string, scope: string, definition: string, properties: object = {}): Body => ({
  id: `${scope}${provider}/policyAssignments/${name}`,
  name,
  type: 'Microsoft.Authorization/policyAssignments',
  properties: {
    displayName: `Contoso ${name}`,
    policyDefinitionId: definition,
    scope,
    notScopes: [],
    enforcementMode: 'Default',
    parameters: {},
    ...properties,
  },
});

export const builtInPolicy = (guid: string): string => `${provider}/policyDefinitions/${guid}`;

export const policySet = (id: string, members: readonly object[], parameters: object = {}): Body => ({
  id,
  name: id.split('/').at(-1) ?? '',
  type: 'Microsoft.Authorization/policySetDefinitions',
  properties: {
    displayName: 'Registries',
    policyType: id.startsWith(provider) ? 'BuiltIn' : 'Custom',
    parameters,
    policyDefinitions: members,
  },
});

/** A definition of the tenant's own; without an effect it cannot be read. */
export const customPolicy = (
  name: string,
  scope: string,
  condition: object,
  effect: string | null = 'deny',
  parameters: object = {},
): Body => ({
  id: `${scope}${provider}/policyDefinitions/${name}`,
  name,
  type: 'Microsoft.Authorization/policyDefinitions',
  properties: {
    displayName: name,
    policyType: 'Custom',
    mode: 'All',
    parameters,
    policyRule: Object.fromEntries([
      ['if', condition],
      ['then', effect === null ? {} : { effect }],
    ]),
  },
});
