import { describe, expect, test } from 'vitest';
import threeRegions from '../../fixtures/tenants/three-regions.json' with { type: 'json' };
import type { TenantDocument } from '../../src/emulator/index.ts';
import { type Report, verdictsOf } from '../../src/pages/report.ts';
import { scanned } from '../emulated.ts';

const tenant = threeRegions as unknown as TenantDocument;
type Resource = TenantDocument['resources'][number];

/** Where a verdict may be made by what is left out, and why. */
const told: Readonly<Record<string, string>> = {
  'diagnosticsettings without workspaceId': 'a setting names the destinations that it has, and no other',
  'registries without privateEndpointConnections': 'the list of connections is asked itself, and holds none here',
  'registries without properties': 'the same: the list of connections is asked itself',
};

const verdictsIn = (report: Report): ReadonlyMap<string, string> =>
  new Map(
    report.subjects.flatMap((one) =>
      Object.entries(verdictsOf(one)).map(([check, verdict]) => [`${check} of ${one.name}`, verdict]),
    ),
  );

const propertiesOf = ({ properties }: Resource): Readonly<Record<string, unknown>> =>
  typeof properties === 'object' && properties !== null ? { ...properties } : {};

/** The tenant where that resource has one property less, or none at all. */
const without = (id: string, member: string): TenantDocument => ({
  ...tenant,
  resources: tenant.resources.map((one) => {
    if (one.id !== id) return one;
    const kept = Object.entries(propertiesOf(one)).filter(([name]) => member !== 'properties' && name !== member);
    return { ...one, properties: Object.fromEntries(kept) };
  }),
});

const typeOf = (id: string): string => id.split('/').at(-2)?.toLowerCase() ?? '';

/** The first resource of each type. */
const firsts = [...new Map(tenant.resources.toReversed().map((one) => [typeOf(one.id), one])).values()].filter(
  (one) => Object.keys(propertiesOf(one)).length > 0,
);
const rows = firsts.flatMap((one) =>
  ['properties', ...Object.keys(propertiesOf(one))].map((member): [string, string, string] => [
    `${typeOf(one.id)} without ${member}`,
    one.id,
    member,
  ]),
);

const before = verdictsIn(await scanned(tenant));

describe('what Azure leaves out breaks no check, and makes neither a pass nor a fail', () => {
  test('in every kind of answer on the private path', () => {
    expect(firsts.map(({ id }) => typeOf(id))).toEqual(
      expect.arrayContaining([
        'a',
        'diagnosticsettings',
        'networkinterfaces',
        'pricings',
        'privatednszonegroups',
        'privateendpoints',
        'registries',
        'replications',
        'virtualnetworklinks',
        'virtualnetworks',
      ]),
    );
  });

  test.each(rows)('%s', async (what, id, member) => {
    const made = [...verdictsIn(await scanned(without(id, member)))].filter(
      ([one, verdict]) =>
        verdict === 'error' || ((verdict === 'pass' || verdict === 'fail') && verdict !== before.get(one)),
    );
    if (what in told) expect(made.map(([, verdict]) => verdict)).not.toContain('error');
    else expect(made.map(([one, verdict]) => `${one}: ${before.get(one)}, then ${verdict}`)).toEqual([]);
  });
});
