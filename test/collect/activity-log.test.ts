import { describe, expect, test } from 'vitest';
import { activityLog } from '../../src/collect/activity-log.ts';
import { observer } from '../../src/collect/observe.ts';
import { arm, azureWith, ownNetwork, registry, subscription } from '../azure/support.ts';
import { askingNothing } from './azure.ts';

ownNetwork();

const now = '2026-11-23T02:00:00Z';
const collected = () => {
  const observe = observer(azureWith(), () => now);
  return observe({
    permissions: activityLog.permissions,
    scope: subscription,
    ask: (azure, each) => activityLog.collect(azure, { id: subscription }, { ...askingNothing, now, observe, each }),
  });
};

const path = `${subscription}/providers/Microsoft.Insights/eventtypes/management/values`;
const events = () =>
  arm()
    .get(path)
    .query(
      ({ $filter, $select, 'api-version': version }) =>
        $filter ===
          "eventTimestamp ge '2026-08-25T03:00:00.000Z' and eventTimestamp le '2026-11-23T02:00:00Z' and resourceProvider eq 'Microsoft.ContainerRegistry'" &&
        $select === 'caller,eventTimestamp,operationName,resourceId,status' &&
        version === '2015-04-01',
    );

const event = (operation: string, changes: object = {}) => ({
  resourceId: registry,
  operationName: { value: `Microsoft.ContainerRegistry/registries/${operation}`, localizedValue: 'List' },
  eventTimestamp: '2026-11-20T10:00:00.1Z',
  caller: 'alice@contoso.com',
  status: { value: 'Succeeded', localizedValue: 'Succeeded' },
  claims: { ipaddr: '203.0.113.7', name: 'Alice' },
  ...changes,
});

describe('who was handed a password', () => {
  test('is kept of all that happened to registries, without what else is known of the caller', async () => {
    events().reply(200, { value: [event('scheduleRun/action'), event('listCredentials/action')] });
    const found = await collected();
    expect(found).toMatchObject({
      state: 'observed',
      value: {
        since: '2026-08-25T03:00:00.000Z',
        whole: true,
        secrets: [{ registry, action: 'listCredentials/action', caller: 'alice@contoso.com', status: 'Succeeded' }],
      },
    });
    expect(JSON.stringify(found)).not.toMatch(/203\.0|scheduleRun|localized/);
  });

  test('is read page by page, and no longer than twenty pages', async () => {
    events().reply(200, { value: [], nextLink: `https://management.azure.com${path}?$skipToken=2` });
    for (let page = 2; page <= 20; page += 1)
      arm()
        .get(path)
        .query(({ $skipToken }) => $skipToken === String(page))
        .reply(200, {
          value: [event('regenerateCredential/action', { eventTimestamp: `2026-10-${page + 9}T00:00:00Z` })],
          nextLink: `https://management.azure.com${path}?$skipToken=${page + 1}`,
        });
    const found = await collected();
    expect(found).toMatchObject({ value: { whole: false } });
    expect(found.state === 'observed' && found.value.secrets.map(({ at }) => at).slice(0, 2)).toEqual([
      '2026-10-29T00:00:00Z',
      '2026-10-28T00:00:00Z',
    ]);
  });

  test('an event whose operation cannot be made out is an unread entry', async () => {
    events().reply(200, { value: [{ id: 'odd', operationName: 7 }] });
    expect(await collected()).toMatchObject({ state: 'observed', unread: [{ entry: 'odd' }] });
  });

  test('a refusal names the missing action', async () => {
    events().reply(403, { error: { code: 'AuthorizationFailed', message: 'no' } });
    expect(await collected()).toMatchObject({
      state: 'denied',
      missing: [{ action: 'Microsoft.Insights/eventtypes/values/read', scope: subscription }],
    });
  });
});
