import check from '../../../checks/network/private-dns-no-internet-fallback.ts';
import { asMember } from '../../../src/model/enums.ts';
import { observed } from '../../../src/model/evidence.ts';
import {
  connection,
  dns,
  link,
  members,
  networkId,
  probed,
  records,
  refused,
  zone,
  zoneId,
} from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const home = ['westeurope'];
const withoutData = { contoso: '10.1.0.4' };
const redirect = link('vnet-a', { resolutionPolicy: 'NxDomainRedirect' });
const policy = 'privateDns/zones/0/links/value/0/resolutionPolicy';
const record = 'privateDns/zones/0/records/value';
const given = {
  registry: acr(),
  replications: [],
  privateEndpoints: [connection()],
  privateDns: dns(zone(records(home))),
};

testCheck(
  check,
  [
    ['pass', 'all records are there', given, { cites: [`${record}/0`, `${record}/1`] }],
    [
      'pass',
      'the link falls back, and no record is missing',
      { ...given, privateDns: dns(zone(records(home), { links: [redirect] })) },
    ],
    [
      'pass',
      'a record is missing, and the link answers NXDOMAIN',
      { ...given, privateDns: dns(zone(withoutData)) },
      { cites: [policy, `${record}/0/ips`, `${record}/contoso.westeurope.data`] },
    ],
    [
      'pass',
      'a link falls back in a whole zone, and the zone that lacks a record has none',
      {
        ...given,
        privateEndpoints: [connection(), connection({ name: 'pe-b', network: networkId('vnet-b') })],
        privateDns: dns(
          zone(records(home), { links: [redirect] }),
          zone(withoutData, { id: zoneId(undefined, 'rg-b'), links: [link('vnet-b')] }),
        ),
      },
    ],
    [
      'pass',
      'the records cannot be read, and the link answers NXDOMAIN for whatever is missing',
      { ...given, privateDns: dns({ ...zone({}), records: refused('Microsoft.Network/privateDnsZones/A/read') }) },
      { cites: [policy] },
    ],
    [
      'pass',
      'the links cannot be read, and no record is missing',
      {
        ...given,
        privateDns: dns({
          ...zone(records(home)),
          links: refused('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read'),
        }),
      },
    ],
    [
      'pass',
      'the interface cannot be read, and all names have a record',
      { ...given, privateEndpoints: [connection({ members: refused('Microsoft.Network/networkInterfaces/read') })] },
    ],
    [
      'pass',
      'no record is missing, and ARM left the policy out: there is nothing that it could hide',
      { ...given, privateDns: dns(zone(records(home), { links: [link('vnet-a', { resolutionPolicy: null })] })) },
    ],
    [
      'fail',
      'a record is missing, and the link falls back to public DNS',
      { ...given, privateDns: dns(zone(withoutData, { links: [redirect] })) },
      {
        cites: [policy, `${record}/contoso.westeurope.data`],
        says: 'public DNS answers for contoso.westeurope.data.azurecr.io',
        fix: /record-set-name contoso.westeurope.data --ipv4-address 10.1.0.5\naz resource update --ids \S+\/virtualNetworkLinks\/vnet-a --api-version 2024-06-01 --set properties.resolutionPolicy=Default/,
      },
    ],
    [
      'fail',
      'a record is missing that no record can mend, for the endpoint has no address for it',
      {
        ...given,
        privateEndpoints: [connection({ members: observed(members([])) })],
        privateDns: dns(zone(withoutData, { links: [redirect] })),
      },
      { fix: /^Give pe-a an address for westeurope/ },
    ],
    [
      'fail',
      'only the link of another network falls back',
      {
        ...given,
        privateDns: dns(
          zone(withoutData, { links: [link(), link('vnet-b', { resolutionPolicy: 'NxDomainRedirect' })] }),
        ),
      },
      { fix: 'virtualNetworkLinks/vnet-b' },
    ],
    [
      'unknown',
      'a record is missing, and ARM left the policy out',
      { ...given, privateDns: dns(zone(withoutData, { links: [link('vnet-a', { resolutionPolicy: null })] })) },
      { says: 'resolutionPolicy' },
    ],
    [
      'unknown',
      'a record is missing, and the policy is one we do not know',
      {
        ...given,
        privateDns: dns(
          zone(withoutData, {
            links: [link('vnet-a', { resolutionPolicy: asMember('resolutionPolicy', 'Elsewhere') })],
          }),
        ),
      },
      { says: 'Elsewhere' },
    ],
    [
      'unknown',
      'the link falls back, and the records cannot be read',
      {
        ...given,
        privateDns: dns({
          ...zone({}, { links: [redirect] }),
          records: refused('Microsoft.Network/privateDnsZones/A/read'),
        }),
      },
      { says: 'privateDnsZones/A/read' },
    ],
    [
      'unknown',
      'a record is missing, and the links cannot be read',
      {
        ...given,
        privateDns: dns({
          ...zone(withoutData),
          links: refused('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read'),
        }),
      },
      { says: 'virtualNetworkLinks/read' },
    ],
    [
      'unknown',
      'Azure left out where the endpoint is, and with it the zone that its network asks',
      { ...given, privateEndpoints: [connection({ network: null, subnet: null })] },
      { says: 'no network for endpoint pe-a' },
    ],
    [
      'unknown',
      'the endpoint is in a subscription we cannot read',
      {
        ...given,
        privateEndpoints: [connection({}, { endpoint: refused('Microsoft.Network/privateEndpoints/read') })],
      },
    ],
    [
      'fail',
      'a machine of the private path is sent to the internet for layers, by zones that may not be read',
      {
        ...given,
        privateDns: dns({
          ...zone({}),
          records: refused('Microsoft.Network/privateDnsZones/A/read'),
          links: refused('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read'),
        }),
        resolution: probed({ contoso: ['10.1.0.4'], 'contoso.westeurope.data': ['20.9.9.9'] }),
      },
      { cites: ['resolution/answers/1/ips'], says: 'asked from this machine' },
    ],
    [
      'pass',
      'a machine outside is sent to public addresses for all names',
      { ...given, resolution: probed({ contoso: ['20.9.9.8'], 'contoso.westeurope.data': ['20.9.9.9'] }) },
    ],
    [
      'pass',
      'only a zone of the login server answers a machine: no link sends what is missing elsewhere',
      {
        ...given,
        resolution: {
          servers: [],
          answers: probed({ contoso: ['10.1.0.4'], 'contoso.westeurope.data': ['20.9.9.9'] }).answers.map((one) => ({
            ...one,
            aliases: [],
          })),
        },
      },
    ],
    [
      'not-applicable',
      'no zone answers for the registry',
      {
        ...given,
        privateEndpoints: [connection({ members: observed(members(home)), zoneGroups: observed([]) })],
        privateDns: dns(),
      },
      { says: 'no private DNS zone' },
    ],
    ['not-applicable', 'there is no endpoint', { ...given, privateEndpoints: [] }, { says: 'no approved' }],
    ['not-applicable', 'Basic has none', { ...given, registry: acr({ sku: 'Basic' }) }, { says: 'Basic' }],
  ],
  {
    'privateDns/zones/*/aliases': 'aliases are looked for where no address record answers',
    'privateDns/zones/*/links':
      'what the zone is linked to does not matter where its records, or the zone groups, decide',
    'privateDns/zones/*/links/value/*/provisioningState':
      'a link resolves by its state; this only tells that a change of it failed',
    'privateDns/zones/*/links/value/*/resolutionPolicy': 'where no record is missing the policy hides nothing',
    'privateDns/zones/*/links/value/*/state': 'another zone, or the public endpoint, answers as well',
    'privateDns/zones/*/records': 'what is missing is not found, whichever record that is; or nobody asks the zone',
    'privateEndpoints/*/endpoint/value/members': 'the computed names are the same; addresses do not matter here',
    'registry/loginServer': 'the network interface of the endpoint names the registry too',
  },
);
