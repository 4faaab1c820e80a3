import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { clouds } from '../../src/azure/clouds.ts';
import { withPages } from '../../src/cli/pages.ts';
import { reportCheck } from '../../src/engine/describe.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import type { CloudFacts, Snapshot } from '../../src/model/snapshot.ts';
import { planOf } from '../../src/plan/plan.ts';
import { collected, usualFacets } from '../emulated.ts';
import { tenants } from './tenants.ts';

const ofPublic = clouds.public.registrySuffix;
const others: readonly CloudFacts[] = [
  clouds.china,
  clouds.usgov,
  { name: 'custom', resourceManager: 'https://management.local.azurestack.test', registrySuffix: 'azsacr.local.test' },
];

/** The same tenant, had it been in another cloud: its registries and zones are called by that cloud's suffix. */
const movedTo = (snapshot: Snapshot, cloud: CloudFacts): Snapshot => ({
  ...JSON.parse(JSON.stringify(snapshot).replaceAll(ofPublic, cloud.registrySuffix)),
  cloud,
});

/** Where a text names a registry or a zone as the public cloud calls them. */
const ofPublicIn = (what: unknown): readonly string[] =>
  [...JSON.stringify(what).matchAll(/.{0,60}azurecr\.io.{0,30}/g)].map(([found]) => found);

/** References are pages about all clouds, and ids of rules are others' names. */
const wordsOf = ({ refs: _, alsoKnownAs: __, ...words }: ReturnType<typeof reportCheck>) => words;

describe.each(others.map((cloud) => [cloud.name, cloud] as const))('in the cloud %s', (_, cloud) => {
  test.each(checks.map((check) => [check.id, check as AnyCheck] as const))('%s', (_, check) => {
    const words = wordsOf(reportCheck(check, cloud));
    expect(ofPublicIn(words)).toEqual([]);
    expect(JSON.stringify(words)).not.toContain('<registry-suffix>');
    expect(JSON.stringify(words)).not.toContain('REGISTRY_SUFFIX');
  });
});

test.each(tenants)('findings, pages and plan of %s in another cloud', async (_, document) => {
  const snapshot = movedTo(await collected(document, usualFacets), clouds.usgov);
  const judging = { checks, profile: 'regulated', full: true } as const;
  const report = withPages(evaluate(snapshot, judging), snapshot);
  const planned = planOf(snapshot, judging, { answers: {}, only: [], until: null, onlySafe: false });
  const words = [{ ...report, checks: report.checks.map(wordsOf) }, planned];
  expect(ofPublicIn(words)).toEqual([]);
  expect(JSON.stringify(words)).not.toMatch(/registry-suffix|REGISTRY_SUFFIX/);
});
