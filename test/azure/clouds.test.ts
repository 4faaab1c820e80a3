import { createHttpHeaders } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { describe, expect, test } from 'vitest';
import { type Cloud, type CloudChoice, CloudError, chooseCloud } from '../../src/azure/clouds.ts';
import { connect } from '../../src/azure/index.ts';
import { registries, registry, subscription } from './support.ts';

type Env = Readonly<Record<string, string>>;

const loopback = 'https://127.0.0.1:8443';

describe('the cloud is what the user says, then what the environment says', () => {
  const rows: readonly [string, CloudChoice, Env, Partial<Cloud>][] = [
    [
      'nothing said',
      {},
      {},
      {
        name: 'public',
        resourceManager: 'https://management.azure.com',
        scope: 'https://management.azure.com/.default',
        authorityHost: 'https://login.microsoftonline.com',
        registrySuffix: 'azurecr.io',
      },
    ],
    [
      'the government',
      { cloud: 'usgov' },
      {},
      {
        name: 'usgov',
        resourceManager: 'https://management.usgovcloudapi.net',
        scope: 'https://management.usgovcloudapi.net/.default',
        authorityHost: 'https://login.microsoftonline.us',
        registrySuffix: 'azurecr.us',
      },
    ],
    [
      'China',
      { cloud: 'china' },
      {},
      {
        name: 'china',
        resourceManager: 'https://management.chinacloudapi.cn',
        scope: 'https://management.chinacloudapi.cn/.default',
        authorityHost: 'https://login.partner.microsoftonline.cn',
        registrySuffix: 'azurecr.cn',
      },
    ],
    ['as azqr spells it', {}, { AZURE_CLOUD: 'AzureGovernment' }, { name: 'usgov' }],
    ['as az spells it', {}, { AZURE_CLOUD: 'AzureChinaCloud' }, { name: 'china' }],
    ['the option beats the variable', { cloud: 'public' }, { AZURE_CLOUD: 'china' }, { name: 'public' }],
    ['an empty variable says nothing', {}, { AZURE_CLOUD: '' }, { name: 'public' }],
    [
      'an endpoint of its own',
      { resourceManagerEndpoint: `${loopback}/` },
      {},
      { name: 'custom', resourceManager: loopback, scope: `${loopback}/.default`, registrySuffix: 'azurecr.io' },
    ],
    ['an endpoint in the environment', {}, { AZURE_RESOURCE_MANAGER_ENDPOINT: loopback }, { name: 'custom' }],
    [
      'an endpoint of the government',
      { cloud: 'usgov', resourceManagerEndpoint: loopback },
      {},
      { name: 'custom', registrySuffix: 'azurecr.us', authorityHost: 'https://login.microsoftonline.us' },
    ],
    [
      'an endpoint that is a known one',
      { resourceManagerEndpoint: 'https://management.chinacloudapi.cn' },
      {},
      { name: 'china', registrySuffix: 'azurecr.cn' },
    ],
    [
      'an audience of its own',
      { resourceManagerEndpoint: loopback },
      { AZURE_RESOURCE_MANAGER_AUDIENCE: 'https://arm.corp/' },
      { resourceManager: loopback, scope: 'https://arm.corp/.default' },
    ],
    [
      'an authority of its own',
      {},
      { AZURE_AUTHORITY_HOST: 'https://login.corp/' },
      { name: 'public', authorityHost: 'https://login.corp' },
    ],
  ];
  test.each(rows)('%s', (_, choice, env, cloud) => {
    expect(chooseCloud(choice, env)).toMatchObject(cloud);
  });

  const wrong: readonly [string, CloudChoice, Env, RegExp][] = [
    ['a cloud that is none', { cloud: 'mars' }, {}, /'mars' is no known cloud: use public, usgov or china/],
    [
      'plain http, which no token may cross',
      { resourceManagerEndpoint: 'http://127.0.0.1' },
      {},
      /must be an https address/,
    ],
    ['no address', { resourceManagerEndpoint: 'management.azure.com' }, {}, /must be an https address/],
    ['a path', {}, { AZURE_RESOURCE_MANAGER_ENDPOINT: 'https://x/arm' }, /without a path/],
    ['an authority over http', {}, { AZURE_AUTHORITY_HOST: 'http://x' }, /AZURE_AUTHORITY_HOST must be/],
  ];
  test.each(wrong)('not %s', (_, choice, env, message) => {
    expect(() => chooseCloud(choice, env)).toThrow(CloudError);
    expect(() => chooseCloud(choice, env)).toThrow(message);
  });
});

test.each(['public', 'usgov', 'china'])('in %s every client asks its own cloud, with a token for it', async (name) => {
  const scopes = new Set<string>();
  const hosts = new Set<string>();
  const credential: TokenCredential = {
    getToken: async (scope) => {
      scopes.add(String(scope));
      return { token: 't', expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
  const cloud = chooseCloud({ cloud: name }, {});
  const azure = connect({
    cloud,
    credential,
    httpClient: {
      sendRequest: async (request) => {
        hosts.add(new URL(request.url).origin);
        expect(request.headers.get('authorization')).toBe('Bearer t');
        return { request, status: 200, headers: createHttpHeaders(), bodyAsText: '{"value":[],"data":[]}' };
      },
    },
  });
  const paths = [
    registries,
    `${registry}/tasks`,
    `${registry.replace(/Microsoft.*/, 'Microsoft.Network')}/privateEndpoints/pe/privateDnsZoneGroups`,
    `${subscription}/providers/Microsoft.Network/privateDnsZones`,
    `${subscription}/providers/Microsoft.Security/pricings`,
  ];
  for (const path of paths) await azure.list(path, '2025-01-01');
  await azure.graph('resources', ['s']);
  expect([...hosts]).toEqual([cloud.resourceManager]);
  expect([...scopes]).toEqual([cloud.scope]);
});
