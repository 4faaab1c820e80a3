import check from '../../../checks/network/private-endpoint-covers-every-region.ts';
import { asMember } from '../../../src/model/enums.ts';
import { observed } from '../../../src/model/evidence.ts';
import { connection, members, refused, replica } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr();
const serving = (...regions: string[]) => connection({ members: observed(members(regions)) });
const nicRefused = refused('Microsoft.Network/networkInterfaces/read');
const threeRegions = [replica('westeurope'), replica('eastasia'), replica('westus')];

testCheck(
  check,
  [
    [
      'pass',
      'the home region is the only one',
      { registry, replications: [], privateEndpoints: [serving('westeurope')] },
      {
        cites: [
          'privateEndpoints/0/endpoint/value/members/value/0/member',
          'privateEndpoints/0/endpoint/value/members/value/1/member',
        ],
      },
    ],
    [
      'pass',
      'the home region is listed as a replica too, and ARM writes regions in two ways',
      {
        registry: acr({ location: 'West Europe' }),
        replications: [replica('westeurope'), replica('East Asia')],
        privateEndpoints: [serving('westeurope', 'eastasia')],
      },
    ],
    [
      'pass',
      'the interface spells its members otherwise',
      {
        registry,
        replications: [],
        privateEndpoints: [
          connection({
            members: observed(members(['westeurope']).map((each) => ({ ...each, member: each.member.toUpperCase() }))),
          }),
        ],
      },
    ],
    [
      'pass',
      'a replica is still being made',
      {
        registry,
        replications: [replica('westeurope'), replica('eastasia', { provisioningState: 'Creating' })],
        privateEndpoints: [serving('westeurope')],
      },
    ],
    [
      'fail',
      'one of three regions has no address',
      { registry, replications: threeRegions, privateEndpoints: [serving('westeurope', 'westus')] },
      {
        cites: ['privateEndpoints/0/endpoint/value/members/value/registry_data_eastasia'],
        says: 'pe-a has no registry_data_eastasia: pulls in eastasia log in, then hang on layers',
      },
    ],
    [
      'fail',
      'a second connection is pending since the replica was added',
      {
        registry,
        replications: [replica('eastasia')],
        privateEndpoints: [serving('westeurope'), connection({ name: 'pe-b' }, { status: 'Pending' })],
      },
      { fix: /approve --registry-name <registry> --subscription <subscription> --name pe-b/ },
    ],
    [
      'fail',
      'regional endpoints are on and the interface has no address for one',
      { registry: acr({ regionalEndpoints: 'Enabled' }), replications: [], privateEndpoints: [serving('westeurope')] },
      { says: 'registry_westeurope' },
    ],
    [
      'fail',
      'one endpoint lacks a region and another cannot be read',
      {
        registry,
        replications: threeRegions,
        privateEndpoints: [serving('westeurope'), connection({ name: 'pe-b' }, { endpoint: nicRefused })],
      },
      { says: 'eastasia' },
    ],
    [
      'unknown',
      'the endpoint is in a subscription we cannot read',
      {
        registry,
        replications: [],
        privateEndpoints: [connection({}, { endpoint: refused('Microsoft.Network/privateEndpoints/read') })],
      },
      { says: 'Microsoft.Network/privateEndpoints/read' },
    ],
    [
      'unknown',
      'its network interface is',
      { registry, replications: [], privateEndpoints: [connection({ members: nicRefused })] },
      { says: 'Microsoft.Network/networkInterfaces/read' },
    ],
    [
      'unknown',
      'ARM left the state out',
      { registry, replications: [], privateEndpoints: [connection({}, { status: null })] },
    ],
    [
      'unknown',
      'a second connection is in a state that we do not know, and may be an endpoint without the region',
      {
        registry,
        replications: [],
        privateEndpoints: [
          serving('westeurope'),
          connection({ name: 'pe-b' }, { status: asMember('connectionStatus', 'Expired') }),
        ],
      },
      { says: 'Expired' },
    ],
    [
      'not-applicable',
      'no endpoint is approved',
      { registry, replications: [], privateEndpoints: [] },
      { says: 'no approved' },
    ],
    [
      'not-applicable',
      'Standard has none',
      { registry: acr({ sku: 'Standard' }), replications: [], privateEndpoints: [] },
      { says: 'Standard' },
    ],
  ],
  {
    'privateEndpoints/*/endpointId': 'it gives the endpoint its name in the words, no more',
    'replications/*/provisioningState': 'a region whose state Azure leaves out is judged as one that serves',
    'registry/regionalEndpoints':
      'it is a preview that most answers leave out: only the names that every registry has are judged then',
  },
);
