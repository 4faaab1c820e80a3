import { expect, test } from 'vitest';
import shelved from '../../../checks/scanning/no-severe-image-findings.ts';
import running from '../../../checks/scanning/no-severe-running-images.ts';
import { notCollected, observed } from '../../../src/model/evidence.ts';
import { acr } from '../../support.ts';

const registry = acr({ loginServer: 'contoso.azurecr.io' });
const image = (digest: string, critical: number) => ({
  host: 'contoso.azurecr.io',
  repository: 'app',
  digest: `sha256:${digest}`,
  critical,
  high: 0,
  other: 0,
  unrated: 0,
  fixable: 0,
});
const images = [image('a', 1), image('clean', 0), image('b', 2)];
const context = { cloud: { name: 'public' } } as never;
const unseen = notCollected('not asked');
const given = {
  registry,
  imageFindings: images,
  runningImages: [{ subscription: '/subscriptions/1', findings: observed(images) }],
  consumers: unseen,
  roleAssignments: unseen,
  clusterPlans: unseen,
  defenderPlans: unseen,
};

test.each([
  ['what runs', () => running.evaluate(given as never, context)],
  ['what is on the shelf', () => shelved.evaluate({ ...given, runningImages: unseen } as never, context)],
])('of %s each severe image is a thing by its digest, the worst first', (_, judge) =>
  expect(judge()).toMatchObject({
    verdict: 'fail',
    things: [
      { thing: 'image/app@sha256:b', words: 'app@sha256:b has 2 critical and 0 high findings' },
      { thing: 'image/app@sha256:a' },
    ],
  }),
);
