import { describe, expect, test } from 'vitest';
import {
  refusedApproval,
  refusedReplicaDelete,
  refusedSoftDelete,
  refusedState,
} from '../../src/commands/constraints.ts';
import { emulate } from '../../src/emulator/index.ts';
import { drawn, inside, registry } from '../az/tenants.ts';
import { acr } from '../support.ts';

const on = { status: 'enabled' } as const;
const replica = (location: string) => inside('replications', location, {}, { location });
const rule = inside('cacheRules', 'hub', { sourceRepository: 'docker.io/library/*', targetRepository: 'hub/*' });
const rejected = {
  id: `${registry}/privateEndpointConnections/pe`,
  name: 'pe',
  properties: { privateLinkServiceConnectionState: { status: 'Rejected' } },
};
const at = acr().location;
const { policies } = acr();
const soft = { location: at, policies: { ...policies, retention: null, softDelete: { ...on, retentionDays: 7 } } };
const soon = { location: at, policies: { ...policies, retention: null, softDelete: null } };
const elsewhere = [{ location: 'northeurope' }];
const hub = [{ id: rule.id }];
const approved = { properties: { privateLinkServiceConnectionState: { status: 'Approved' } } };
const softOn = { properties: { policies: { softDeletePolicy: { ...on, retentionDays: 7 } } } };

/** What the emulator answers, and what fixes and plans are told by the same constraint. */
describe('a refusal has one wording, for plans and for the emulator', () => {
  test.each([
    [
      'PATCH',
      registry,
      { properties: { policies: { trustPolicy: on } } },
      [],
      {},
      refusedState(acr({ policies: { ...policies, trust: null } }), acr({ policies: { ...policies, trust: on } }), {}),
    ],
    [
      'DELETE',
      `${registry}/replications/westeurope`,
      null,
      [replica('westeurope'), replica('northeurope')],
      {},
      refusedReplicaDelete(
        { location: 'westeurope' },
        [{ name: 'westeurope', location: 'westeurope' }, ...elsewhere.map((one) => ({ ...one, name: 'n' }))],
        'westeurope',
      ),
    ],
    [
      'PATCH',
      registry,
      softOn,
      [replica('northeurope')],
      {},
      refusedSoftDelete({ registry: soon, replications: elsewhere }, { registry: soft, replications: elsewhere }),
    ],
    [
      'PATCH',
      registry,
      softOn,
      [rule],
      {},
      refusedSoftDelete({ registry: soon, cacheRules: hub }, { registry: soft, cacheRules: hub }),
    ],
    [
      'PUT',
      `${registry}/replications/northeurope`,
      replica('northeurope'),
      [],
      softOn.properties,
      refusedSoftDelete({ registry: soft }, { registry: soft, replications: elsewhere }),
    ],
    [
      'PUT',
      rule.id,
      rule,
      [],
      softOn.properties,
      refusedSoftDelete({ registry: soft }, { registry: soft, cacheRules: hub }),
    ],
    [
      'PUT',
      rejected.id,
      approved,
      [],
      { privateEndpointConnections: [rejected] },
      refusedApproval([{ name: 'pe', status: 'Rejected' }], 'pe'),
    ],
  ] as const)('%s %s %j', (method, id, body, beside, properties, refusal) => {
    const { answer } = emulate(drawn({ sku: 'Premium', registry: properties, beside }), { takesWrites: true });
    const url = new URL(`https://management.azure.com${id}?api-version=2025-06-01-preview`);
    const said = JSON.parse(answer({ method, url, body: body && JSON.stringify(body) }).body);
    expect(said.error?.message).toBe(refusal?.refused);
    expect(refusal?.refused).toBeDefined();
  });
});
