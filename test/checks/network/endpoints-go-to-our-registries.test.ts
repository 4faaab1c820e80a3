import check from '../../../checks/network/endpoints-go-to-our-registries.ts';
import { observed } from '../../../src/model/evidence.ts';
import type { Placement } from '../../../src/model/facets/private-endpoints.ts';
import type { SubscriptionEndpoint } from '../../../src/model/facets/subscription-endpoints.ts';
import { refused } from '../../private-path.ts';
import { subscriptionId, testCheck } from '../../support.ts';

const target =
  '/subscriptions/00000000-0000-0000-0000-00000000ffff/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/Partner';
const ours: Placement = { whose: 'ours', gone: false };
const theirs: Placement = { whose: 'another-tenant', tenant: null };
const to = (placement: Placement, said: Partial<SubscriptionEndpoint> = {}) => ({
  subscriptionEndpoints: [
    {
      id: `${subscriptionId}/resourceGroups/rg/providers/Microsoft.Network/privateEndpoints/pe-out`,
      name: 'pe-out',
      links: [{ target, placement: observed(placement) }],
      serves: observed([]),
      ...said,
    },
  ],
});
const partner = { partnerRegistries: ['Partner.azurecr.io'] };
const cites = ['subscriptionEndpoints/0/links/0/target', 'subscriptionEndpoints/0/links/0/placement/value/whose'];
const trusted = { 'subscriptionEndpoints/*/links/*/placement': 'a partner is trusted wherever its registry lies' };
const serving = (...names: readonly string[]) => ({ serves: observed(names) });

testCheck(check, [
  [
    'pass',
    'the registry is in the tenant',
    to(ours),
    { cites, irrelevant: { 'subscriptionEndpoints/*/serves': 'the registry is ours, whatever it is called' } },
  ],
  [
    'pass',
    'the endpoint serves the login server of a partner',
    to(theirs, serving('partner.westeurope.data.azurecr.io', 'partner.azurecr.io')),
    { ...partner, cites: ['subscriptionEndpoints/0/serves/value'], irrelevant: trusted },
  ],
  [
    'pass',
    'a partner whose subscription nobody knows',
    to({ whose: 'unplaced' }, serving('partner.azurecr.io')),
    { ...partner, irrelevant: trusted },
  ],
  ['fail', 'the registry is of another tenant', to(theirs), { cites, says: 'pe-out leads to registry Partner' }],
  [
    'fail',
    'a partner has the name, and not the login server',
    to(theirs, serving('partner-x1.azurecr.io')),
    { ...partner, says: 'registry Partner (partner-x1.azurecr.io)' },
  ],
  [
    'unknown',
    'a partner has the name, and no login server was told',
    to(theirs),
    { ...partner, says: 'does not tell whether pe-out serves partner.azurecr.io' },
  ],
  [
    'unknown',
    'a partner has the name, and what the endpoint serves was refused',
    to(theirs, { serves: refused('Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read') }),
    { ...partner, says: 'privateDnsZoneGroups/read' },
  ],
  [
    'unknown',
    'nobody knows the subscription of the registry',
    to({ whose: 'unplaced' }),
    { says: 'nobody says whose' },
  ],
  ['unknown', 'the question was refused', to(ours, { links: [{ target, placement: refused('x/read') }] })],
  ['unknown', 'Azure names no registry', to(ours, { links: [{ target: null, placement: observed(ours) }] })],
  ['not-applicable', 'no endpoint leads to a registry', { subscriptionEndpoints: [] }],
]);
