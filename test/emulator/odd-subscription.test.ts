import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import threeRegions from '../../fixtures/tenants/three-regions.json' with { type: 'json' };
import { clouds } from '../../src/azure/clouds.ts';
import { connect } from '../../src/azure/index.ts';
import { collect } from '../../src/collect/collect.ts';
import { emulate, type TenantDocument } from '../../src/emulator/index.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { scanned, usualFacets } from '../emulated.ts';
import { verdictsByCheck } from '../verdicts.ts';

const tenant = threeRegions as unknown as TenantDocument;
const credential = { getToken: async () => ({ token: 'token', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };

/** A scan of the tenant where the list of subscriptions holds one element more, which says nothing of itself. */
async function scannedBesideAnOddOne() {
  const { httpClient, now } = emulate(tenant);
  const odd: typeof httpClient = {
    async sendRequest(request) {
      const answer = await httpClient.sendRequest(request);
      if (new URL(request.url).pathname !== '/subscriptions') return answer;
      const body = JSON.parse(answer.bodyAsText ?? '');
      return { ...answer, bodyAsText: JSON.stringify({ ...body, value: [{ displayName: 'Odd' }, ...body.value] }) };
    },
  };
  const snapshot = await collect(
    connect({ cloud: clouds.public, credential, httpClient: odd }),
    {
      subscriptions: [],
      managementGroup: null,
      registries: [],
      groups: [],
      tags: [],
      declared: [],
      facets: usualFacets,
    },
    { tool: { name: 'acr-audit', version: '0.0.0' }, now: () => now, progress: () => {} },
  );
  return evaluate(snapshot, { checks, profile: 'recommended' });
}

test('an odd element in the list of subscriptions ends no scan: it is unread, and the scan is incomplete', async () => {
  const report = await scannedBesideAnOddOne();
  expect(report.complete).toBe(false);
  expect(report.summary.error).toBe(0);
  expect(report.unread.map(({ what }) => what)).toContain('registries of element-1-of-the-list');
  const before = verdictsByCheck(await scanned(tenant));
  for (const [check, verdict] of Object.entries(verdictsByCheck(report)))
    if (verdict === 'pass' || verdict === 'fail') expect([check, verdict]).toEqual([check, before[check]]);
});
