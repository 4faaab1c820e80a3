import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checks } from '../checks/index.ts';
import { root } from '../src/dev/files.ts';

const page = readFileSync(`${root}docs/article.md`, 'utf8');
const ids = checks.map(({ id }) => id);
const planned = [
  'admission-enforced',
  'cluster-manifests-keyless',
  'images-pinned-by-digest',
  'pipelines-keyless',
  'trust-policy-strict',
];

const section = (title: string): string => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const rows = (title: string): string[][] =>
  section(title)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) => line.split('|').map((cell) => cell.trim()));

const classes = [
  'Private endpoints + firewall',
  'Disable admin user',
  'Tokens + scope maps',
  'Managed-identity pulls',
  'ACR Tasks',
  'Quarantine-on-push',
  'Notation signing',
  'Geo-replication + AZ',
  'Defender for Containers',
  'Retention + purge + soft delete',
  'OIDC federated CI/CD',
];

test('all eleven control classes are there, each with a check', () => {
  const found = rows('The eleven control classes');
  expect(found.map(([, name]) => name)).toEqual(classes);
  for (const [, , links] of found) expect(links).toMatch(/\]\(checks\//);
});

test('all twelve rows of the playbook are there, each with a check', () => {
  const found = rows('The twelve rows of the playbook');
  expect(found.map(([, row]) => row)).toEqual(Array.from({ length: 12 }, (_, index) => String(index + 1)));
  for (const [, , , links] of found) expect(links).toMatch(/\]\(checks\//);
});

describe('links', () => {
  const links = [...page.matchAll(/\[([a-z-]+)\]\(checks\/([a-z-]+)\.md\)/g)].map(([, text, id]) => [text, id]);

  test.each(links)('%s leads to the page of a check of that name', (text, id) => {
    expect(text).toBe(id);
    expect(ids).toContain(id);
  });

  test('every check is linked', () => {
    const linked = links.map(([, id]) => id);
    expect(ids.filter((id) => !linked.includes(id))).toEqual([]);
  });
});

test('what is planned is named as planned, and only that', () => {
  const named = [...page.matchAll(/`([a-z-]+)` \*\(planned\)\*/g)].map(([, id]) => id);
  expect([...new Set(named)].sort()).toEqual(planned.filter((id) => !ids.includes(id)));
});
