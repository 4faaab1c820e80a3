import { expect, test } from 'vitest';
import { type Azure, AzureError } from '../../src/collect/azure.ts';
import { clusterPlans } from '../../src/collect/cluster-plans.ts';
import type { KnownSoFar } from '../../src/collect/collector.ts';
import { runningImages } from '../../src/collect/running-images.ts';
import { runningImagesQuery, severeRunningQuery } from '../../src/facts/posture/image-findings-query.ts';
import { denied, observed } from '../../src/model/evidence.ts';
import { askingOf, fakeAzure } from './azure.ts';

const [one, two, three] = ['1', '2', '3'].map((n) => `/subscriptions/00000000-0000-0000-0000-00000000000${n}`) as [
  string,
  string,
  string,
];
const guid = (id: string) => id.slice('/subscriptions/'.length);

/** Clusters in the first two subscriptions, none in the third; the plans of the first were read before. */
const known: KnownSoFar = {
  subscriptions: [{ id: one, name: null, registries: observed([]), facets: { defenderPlans: observed([]) } }],
  registries: [],
  declared: [],
  shared: {
    consumers: observed({
      clusters: [],
      searched: [
        { subscription: one, clusters: observed([`${one}/aks`]) },
        { subscription: two, clusters: observed([`${two}/aks`]) },
        { subscription: three, clusters: observed([]) },
        { subscription: `${three}-denied`, clusters: denied('no', []) },
      ],
      declared: [],
    }),
  },
};

const image = { host: 'contoso.azurecr.io', repository: 'api', digest: 'sha256:aa' };
const counts = { critical: 1, high: 2, other: 3, unrated: 0, fixable: 2 };
const row = { ...image, ...counts, subscriptionId: guid(two), id: 'x' };

const answering = (rows: readonly unknown[], get: Azure['get']) => {
  const asked: unknown[] = [];
  const { azure } = fakeAzure({});
  return {
    asked,
    azure: {
      ...azure,
      get,
      graph: (...question: readonly unknown[]) => {
        asked.push(question);
        return Promise.resolve(rows);
      },
    } satisfies Azure,
  };
};
const absent = () => Promise.reject(new AzureError('absent', 'not found', { status: 404 }));

test('one query asks of every subscription that has clusters, and each has its own rows', async () => {
  const { azure, asked } = answering([row], absent);
  expect(await runningImages.collect(azure, known, askingOf(azure))).toMatchObject([
    { subscription: one, findings: { state: 'observed', value: [] } },
    { subscription: two, findings: { state: 'observed', value: [{ ...image, ...counts }] } },
  ]);
  expect(asked).toEqual([[runningImagesQuery, [guid(one), guid(two)]]]);
});

test('no row is no evidence where the findings may not be read', async () => {
  const refused = () => Promise.reject(new AzureError('denied', 'no', { status: 403 }));
  const { azure } = answering([row], refused);
  expect(await runningImages.collect(azure, known, askingOf(azure))).toMatchObject([
    { subscription: one, findings: { state: 'denied', missing: [{ scope: one }, {}] } },
    { subscription: two, findings: { state: 'observed' } },
  ]);
});

test('an odd row is an unread entry of its subscription', async () => {
  const { azure } = answering([row, { ...row, critical: 'many' }], absent);
  const [, second] = await runningImages.collect(azure, known, askingOf(azure));
  expect(second?.findings).toMatchObject({ state: 'observed', value: [image], unread: [{ entry: 'x' }] });
});

test('both forms are in the query; an image is counted in one cluster, not in all of them together', () => {
  expect(runningImagesQuery).toContain("id contains 'c609cf0f-71ab-41e9-a3c6-9a1f7fe1b8d5'");
  expect(runningImagesQuery).toContain("ResourceType =~ 'K8s-container'");
  expect(runningImagesQuery).toMatch(/by type, place, subscriptionId[\s\S]*max\(critical\)[\s\S]*by subscriptionId/);
  // Printed within double quotes of a shell.
  expect(severeRunningQuery).not.toMatch(/["$`!\\]/);
});

test('plans that were read for registries are not asked for again', async () => {
  const path = `${two}/providers/Microsoft.Security/pricings`;
  const { azure, asked } = fakeAzure({ [path]: [{ name: 'Containers', properties: { pricingTier: 'Free' } }] });
  expect(await clusterPlans.collect(azure, known, askingOf(azure))).toMatchObject([
    { subscription: one, plans: { state: 'observed', value: [] } },
    { subscription: two, plans: { state: 'observed', value: [{ name: 'Containers', tier: 'Free' }] } },
  ]);
  expect(asked).toEqual([path]);
});
