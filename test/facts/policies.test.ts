import { expect, test } from 'vitest';
import { policyAgainst } from '../../src/facts/policies.ts';
import type { KnownFacts } from '../../src/model/step.ts';
import { builtInPolicy, managementGroup } from '../policies.ts';
import { acr, registryId, subscriptionId } from '../support.ts';

type Change = Parameters<typeof acr>[0];
const policies = acr().policies;
const enabled = { status: 'enabled' } as const;
const disabled = { status: 'disabled' } as const;

const built = (guid: string, effect: string | null = 'deny') => ({
  definition: builtInPolicy(guid),
  effect,
  names: null,
});
const own = (...names: readonly string[]) => ({ definition: '/own', effect: 'deny', names });
const group = `${subscriptionId}/resourceGroups/rg`;
const assignment = (rule: ReturnType<typeof built> | ReturnType<typeof own>, more: object = {}) => ({
  id: '/a',
  name: 'a',
  scope: managementGroup,
  excluded: [],
  enforced: true,
  rules: [rule],
  ...more,
});
const write = (after: Change, before: Change = {}, target = registryId) => ({
  target,
  before: { registry: acr(before) },
  after: { registry: acr(after) },
});
const against = (
  one: ReturnType<typeof assignment>,
  what: { readonly target: string; readonly before: KnownFacts; readonly after: KnownFacts },
) => policyAgainst([one], what) !== null;

const open = { publicNetworkAccess: 'Enabled' } as const;
const closed = { publicNetworkAccess: 'Disabled' } as const;

/** A registry that the policy acts on when it is written, and one that it leaves alone. */
test.each<[string, Change, Change]>([
  [
    '785596ed-054f-41bc-aaec-7f3d0ba05725',
    { policies: { ...policies, azureAdAuthenticationAsArm: enabled } },
    { policies: { ...policies, azureAdAuthenticationAsArm: disabled } },
  ],
  [
    '42781ec6-6127-4c30-bdfa-fb423a0047d3',
    { policies: { ...policies, azureAdAuthenticationAsArm: null } },
    { policies: { ...policies, azureAdAuthenticationAsArm: disabled } },
  ],
  ['dc921057-6b28-4fbe-9b83-f7bec05db6c2', { adminUserEnabled: true }, { adminUserEnabled: false }],
  ['79fdfe03-ffcb-4e55-b4d0-b925b8241759', { adminUserEnabled: true }, { adminUserEnabled: false }],
  ['9f2dea28-e834-476c-99c5-3507b4728395', { anonymousPullEnabled: true }, { anonymousPullEnabled: false }],
  ['cced2946-b08a-44fe-9fd9-e4ed8a779897', { anonymousPullEnabled: true }, { anonymousPullEnabled: false }],
  [
    '524b0254-c285-4903-bee6-bb8126cde579',
    { ...closed, policies: { ...policies, export: enabled } },
    { ...closed, policies: { ...policies, export: disabled } },
  ],
  [
    '524b0254-c285-4903-bee6-bb8126cde579',
    { ...open, policies: { ...policies, export: disabled } },
    { ...closed, policies: { ...policies, export: disabled } },
  ],
  ['d0793b48-0edc-4296-a390-4c75d1bdfd71', { ...open, networkRuleSet: null }, closed],
  ['0fdf0491-d080-4575-b627-ad0e843cba0f', open, closed],
  ['a3701552-92ea-433e-9d17-33b7f1208fc9', open, closed],
  ['bd560fc0-3c69-498a-ae9f-aa8eb7de0e13', { sku: 'Standard' }, { sku: 'Premium' }],
])('built-in %s acts on what it is about', (guid, acted, left) => {
  const one = assignment(built(guid));
  expect([against(one, write(acted)), against(one, write(left))]).toEqual([true, false]);
});

const admin = built('dc921057-6b28-4fbe-9b83-f7bec05db6c2');
const on = write({ adminUserEnabled: true });
const network = (type: string) => `${group}/providers/Microsoft.Network/${type}`;
const alias = 'microsoft.containerregistry/registries';

test.each<[string, boolean, ReturnType<typeof assignment>, ReturnType<typeof write>]>([
  ['enforced, or not told', true, assignment(admin, { enforced: null }), on],
  ['not enforced', false, assignment(admin, { enforced: false }), on],
  ['at the group of the registry', true, assignment(admin, { scope: registryId.split('/providers/')[0] }), on],
  ['at another group', false, assignment(admin, { scope: `${subscriptionId}/resourceGroups/other` }), on],
  ['the registry is left out', false, assignment(admin, { excluded: [subscriptionId] }), on],
  [
    'a management group is left out, which need not hold it',
    true,
    assignment(admin, { excluded: [`${managementGroup}-lab`] }),
    on,
  ],
  ['by its default it only reports', false, assignment({ ...admin, effect: null }), on],
  ['by its default it changes', true, assignment(built('79fdfe03-ffcb-4e55-b4d0-b925b8241759', null)), on],
  ['what it does is not told', true, assignment({ ...admin, effect: "[parameters('e')]" }), on],
  ['a built-in definition about something else', false, assignment(built('0a15ec92-a229-4763-bb14-0ea34a568f8d')), on],
  [
    'a zone group beside the one that the policy makes',
    true,
    assignment(built('e9585a95-5b8c-4d03-b193-dc7eb5ac4c32', null)),
    write({}, {}, network('privateEndpoints/pe/privateDnsZoneGroups/default')),
  ],
  [
    'an endpoint beside the one that the policy makes',
    true,
    assignment(built('d85c6833-7d33-4cf5-a915-aaa2de84405f', null)),
    write({}, {}, network('privateEndpoints/pe')),
  ],
  [
    'a token that is on',
    true,
    assignment(built('ff05e24e-195c-447e-b322-5e90c9f9f366')),
    write({}, {}, `${registryId}/tokens/ci`),
  ],
  [
    'a custom rule names the property that changes',
    true,
    assignment(own(`${alias}/adminuserenabled`)),
    write({ adminUserEnabled: false }, { adminUserEnabled: true }),
  ],
  [
    'a custom rule names another',
    false,
    assignment(own(`${alias}/adminuserenabled`)),
    write({ sku: 'Premium' }, { sku: 'Basic' }),
  ],
  [
    'a custom rule names a part of it',
    true,
    assignment(own(`${alias}/policies.exportpolicy.status`)),
    write({ policies: { ...policies, export: disabled } }, { policies: { ...policies, export: enabled } }),
  ],
  [
    'a custom rule denies zones',
    true,
    assignment(own('microsoft.network/privatednszones')),
    write({}, {}, network('privateDnsZones/privatelink.azurecr.io')),
  ],
  [
    'a custom rule denies zones, not links',
    false,
    assignment(own('microsoft.network/privatednszones')),
    write({}, {}, network('privateDnsZones/privatelink.azurecr.io/virtualNetworkLinks/a')),
  ],
])('%s: %s', (_, acts, one, what) => expect(against(one, what)).toBe(acts));
