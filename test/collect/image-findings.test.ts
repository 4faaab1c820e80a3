import { describe, expect, test } from 'vitest';
import { type Azure, AzureError } from '../../src/collect/azure.ts';
import { imageFindings, parseImageFinding } from '../../src/collect/image-findings.ts';
import { observer } from '../../src/collect/observe.ts';
import { imageFindingsQuery, severeImagesQuery } from '../../src/facts/posture/image-findings-query.ts';
import { askingNothing, askingOf, fakeAzure } from './azure.ts';

const subscription = { id: '/subscriptions/00000000-0000-0000-0000-000000000001' };
const counts = { critical: 1, high: 2, other: 3, unrated: 0 };
const image = { host: 'contoso.azurecr.io', repository: 'payments/api', digest: 'sha256:aa', ...counts };

test('one row of Resource Graph is one image', () => {
  expect(parseImageFinding({ ...image, id: 'contoso.azurecr.io/payments/api@sha256:aa' })).toEqual(image);
});

test('the subscription is asked once, with a query that can be paged', async () => {
  const asked: unknown[] = [];
  const azure: Azure = {
    ...fakeAzure({}).azure,
    graph(...question) {
      asked.push(question);
      return Promise.resolve([image]);
    },
  };
  expect(await imageFindings.collect(azure, subscription, askingOf(azure))).toEqual([image]);
  expect(asked).toEqual([[imageFindingsQuery, ['00000000-0000-0000-0000-000000000001']]]);
  expect(imageFindingsQuery).toMatch(/extend id = /);
});

test('a row that is odd hides no other', async () => {
  const azure: Azure = { ...fakeAzure({}).azure, graph: async () => [{ ...image, high: 'many', id: 'odd' }, image] };
  const found = await observer(
    azure,
    () => '2026-11-23T02:00:00Z',
  )({
    permissions: imageFindings.permissions,
    scope: subscription.id,
    ask: (asking, each) => imageFindings.collect(asking, subscription, { ...askingNothing, each }),
  });
  expect(found).toMatchObject({ state: 'observed', value: [image], unread: [{ entry: 'odd' }] });
});

test('both forms of findings are in the query, and counted in it', () => {
  expect(imageFindingsQuery).toContain("id contains 'c0b7cfc6-3172-465a-b378-53c7ff2cc0d5'");
  expect(imageFindingsQuery).toContain("recommendationCategory =~ 'SoftwareUpdate'");
  expect(imageFindingsQuery).toMatch(/summarize[\s\S]*by host, repository, digest/);
  // Printed within double quotes of a shell.
  expect(severeImagesQuery).not.toMatch(/["$`!\\]/);
});

describe('no row is an answer where the findings may be read, and no evidence where they may not', () => {
  const refusing = (action: string): Azure => ({
    ...fakeAzure({}).azure,
    graph: () => Promise.resolve([]),
    get(path) {
      const isAsked = path.includes('/subAssessments/') === action.includes('/subAssessments/');
      return Promise.reject(
        isAsked
          ? new AzureError('denied', `may not perform action '${action}' over scope '${subscription.id}'`, {
              status: 403,
            })
          : new AzureError('absent', 'not found', { status: 404 }),
      );
    },
  });
  const evidenceFrom = (azure: Azure) =>
    observer(
      azure,
      () => '2026-11-23T02:00:00Z',
    )({
      permissions: imageFindings.permissions,
      scope: subscription.id,
      ask: (asking, each) => imageFindings.collect(asking, subscription, { ...askingNothing, each }),
    });

  test.each(imageFindings.permissions)('without %s', async (action) => {
    expect(await evidenceFrom(refusing(action))).toMatchObject({ state: 'denied', missing: [{ action }] });
  });

  test.each([
    ['not found', 404],
    ['of a version that is gone', 400],
    ['of a provider that was never registered', 409],
  ])('%s is an answer', async (_, status) => {
    const get = () => Promise.reject(new AzureError('failed', 'no', { status }));
    expect(await evidenceFrom({ ...refusing(''), get })).toMatchObject({ state: 'observed', value: [] });
  });

  test('a service that fails is none', async () => {
    const get = () => Promise.reject(new AzureError('failed', 'try again', { status: 503 }));
    expect(await evidenceFrom({ ...refusing(''), get })).toMatchObject({ state: 'unreadable' });
  });
});

test('in Azure China, where Defender was retired, nobody is asked', async () => {
  const { azure } = fakeAzure({});
  const china: Azure = { ...azure, cloud: { ...azure.cloud, name: 'china' } };
  expect(await imageFindings.collect(china, subscription, askingNothing)).toEqual([]);
});

test('a government cloud without the service is evidence of nothing', async () => {
  const { azure } = fakeAzure({});
  const refused = new AzureError('failed', 'Table securityresources was not found', { status: 400 });
  const usgov: Azure = { ...azure, cloud: { ...azure.cloud, name: 'usgov' }, graph: () => Promise.reject(refused) };
  const observe = observer(usgov, () => '2026-11-23T02:00:00Z');
  const found = await observe({
    permissions: imageFindings.permissions,
    scope: subscription.id,
    ask: (asking, each) => imageFindings.collect(asking, subscription, { ...askingNothing, observe, each }),
  });
  expect(found).toMatchObject({ state: 'unreadable', reason: 'Table securityresources was not found' });
});
