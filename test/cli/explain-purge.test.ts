import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lineText } from '../../src/cli/snapshot/writer.ts';
import { linesOf } from '../../src/cli/snapshot/writing.ts';
import { denied, observed, unreadable } from '../../src/model/evidence.ts';
import type { RegistryEntry, Snapshot } from '../../src/model/snapshot.ts';
import type { PurgePage } from '../../src/pages/purge.ts';
import { command, nightly, task } from '../facts/tasks/yaml.ts';
import { roles } from '../roles.ts';
import { acr, registryId, subscriptionId } from '../support.ts';

/** The built tool, as a shell runs it. */
function explainPurge(args: readonly string[], input = ''): { code: number | null; out: string; err: string } {
  const tool = ['build/bin/acr-audit.js', 'explain', 'purge', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, tool, { input, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

const good = "acr purge --filter 'app:^v1' --ago 30d --keep 5";
const bad = 'acr purge --filter app:.* --ago 30d';

test.each<readonly [string, readonly string[], string, number, string]>([
  ['a safe command', [good], '', 0, 'No danger found'],
  ['a dangerous one', [bad], '', 1, 'every tag of'],
  ['one that cannot be judged', ["acr purge --filter 'app:(a)\\1' --ago 30d"], '', 3, 'Not judged'],
  ['standard input', ['-'], bad, 1, 'every tag of'],
  ['a pipe', [], bad, 1, 'every tag of'],
])('%s', (_what, args, input, code, says) => {
  const ran = explainPurge(args, input);
  expect(ran.code).toBe(code);
  expect(ran.out).toContain(says);
});

test('a file of several commands', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'acr-audit-')), 'purge.sh');
  writeFileSync(file, `#!/bin/sh\n# every night\naz acr run --cmd "${good}" /dev/null\n${bad} \\\n  --untagged\n`);
  const ran = explainPurge([file, '-o', 'json']);
  expect(JSON.parse(ran.out).commands.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
    'safe',
    'dangerous',
  ]);
  expect(ran.code).toBe(1);
});

test('a task file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'acr-audit-')), 'acr-task.yaml');
  writeFileSync(file, `version: v1.1.0\nsteps:\n  - cmd: "acr purge --filter 'app:.*' --ago 30d"\n`);
  expect(explainPurge([file]).code).toBe(1);
});

test('against the tags of a registry, from a snapshot', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'acr-audit-')), 'snapshot.jsonl');
  writeFileSync(file, [...linesOf(snapshotOf('latest', 'v1'))].map(lineText).join(''));
  const ran = explainPurge(["acr purge --filter 'app:^l' --ago 30d", '--snapshot', file, '--registry', 'contoso']);
  expect(ran.out).toContain('1 tag and 0 manifests');
  expect(ran.out).toContain('latest is among them: app:latest');
  expect(ran.code).toBe(1);
});

test('what runs is told by several lists, and is critical where it would go', () => {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-'));
  const [file, one, other] = ['snapshot.jsonl', 'one.txt', 'other.txt'].map((name) => join(folder, name));
  if (!file || !one || !other) throw new Error('three names');
  writeFileSync(file, [...linesOf(snapshotOf('latest', 'v1'))].map(lineText).join(''));
  writeFileSync(one, 'app:v1\n');
  writeFileSync(other, 'app:latest\n');
  const purge = ['acr purge --filter "$REPO:^v" --ago 30d', '--value', 'REPO=app', '--value', 'OTHER=web'];
  const ran = explainPurge([...purge, '--snapshot', file, '--registry', 'contoso', '--in-use', one, '--in-use', other]);
  expect(ran.err).toBe('');
  expect(ran.out).toContain('app:v1 runs, and loses the tag app:v1');
  expect(ran.out).not.toContain('app:latest runs');
});

test('the purges of its own tasks, one of which may not purge', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'acr-audit-')), 'snapshot.jsonl');
  const whole = snapshotOf('v1');
  const [entry] = whole.registries;
  const [subscription] = whole.subscriptions;
  if (!entry || !subscription) throw new Error('the snapshot holds none');
  const nights = { timers: nightly, identity: { type: 'SystemAssigned', principalId: 'p', userAssigned: [] } };
  const tasks = [
    task('own', command(good), { ...nights, sourceRegistryIdentity: '[system]' }),
    task('token', command(`${good} -u ci -p secret`), nights),
  ];
  const registry = acr({ roleAssignmentMode: 'AbacRepositoryPermissions', loginServer: 'contoso.azurecr.io' });
  const snapshot: Snapshot = {
    ...whole,
    subscriptions: [{ ...subscription, facets: { roleAssignments: observed(roles([])) } }],
    registries: [{ ...entry, facets: { ...entry.facets, registry: observed(registry), tasks: observed(tasks) } }],
  };
  writeFileSync(file, [...linesOf(snapshot)].map(lineText).join(''));
  const { commands } = JSON.parse(explainPurge(['--snapshot', file, '--registry', 'contoso', '-o', 'json']).out);
  expect(
    commands.map(({ where, dangers, rehearsal }: PurgePage) => [
      where.task,
      dangers.map(({ kind }) => kind),
      rehearsal?.tags ?? null,
    ]),
  ).toEqual([
    ['own', ['no-rights'], null],
    ['token', [], 0],
  ]);
});

test.each<readonly [string, TagEvidence, number, string]>([
  ['were read', undefined, 0, '0 tags and 0 manifests'],
  ['were denied', denied('no pull', []), 3, 'the tags of contoso could not be read: no pull'],
  ['are unreadable', unreadable('cut short'), 3, 'the tags of contoso could not be read: cut short'],
  ['are not in the snapshot', null, 3, 'the tags of contoso could not be read: they are not in the snapshot'],
])('a command without a danger, where the tags %s', (_, tagInventory, code, says) => {
  const file = join(mkdtempSync(join(tmpdir(), 'acr-audit-')), 'snapshot.jsonl');
  const whole = snapshotOf('web');
  const [entry] = whole.registries;
  if (!entry) throw new Error('the snapshot holds none');
  const facets = tagInventory === undefined ? entry.facets : tagInventory === null ? {} : { tagInventory };
  const snapshot: Snapshot = { ...whole, registries: [{ ...entry, facets }] };
  writeFileSync(file, [...linesOf(snapshot)].map(lineText).join(''));
  const ran = explainPurge([good, '--snapshot', file, '--registry', 'contoso']);
  expect(ran.out.replaceAll(/\s+/g, ' ')).toContain(says);
  expect(ran.code).toBe(code);
});

type TagEvidence = RegistryEntry['facets']['tagInventory'] | null;

/** A registry with these tags in `app`, all of them a year old. */
function snapshotOf(...names: readonly string[]): Snapshot {
  const tags = names.map((name) => ({
    name,
    digest: 'sha256:1',
    updatedAt: '2025-11-23T00:00:00Z',
    locked: false,
    writeEnabled: true,
  }));
  const contents = observed({ tags, tagsCut: false, manifests: [], manifestsCut: false });
  return {
    schema: 'acr-audit/snapshot@1',
    tool: { name: 'acr-audit', version: '0' },
    collectedAt: '2026-11-23T02:00:00Z',
    cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
    asked: { registries: [], groups: [], tags: [], subscriptions: [], managementGroup: null, optIns: [] },
    subscriptions: [{ id: subscriptionId, name: null, registries: observed([registryId]), facets: {} }],
    registries: [
      {
        id: registryId,
        name: 'contoso',
        subscription: subscriptionId,
        facets: { tagInventory: observed({ repositories: [{ name: 'app', contents }], cut: false }) },
      },
    ],
    shared: {},
  };
}

test.each([
  ['no purge', ['acr tag list'], 'no acr purge'],
  ['a file that is not there', ['nosuch.sh'], 'no such file'],
  ['a file without end', ['/dev/zero'], 'the purge /dev/zero is larger than 1 MB'],
  [
    'a list of what runs without end',
    [good, '--demo', '--registry', 'contosodev', '--in-use', '/dev/zero'],
    'the list /dev/zero is larger than 256 MB',
  ],
  ['an open quote', ["acr purge --filter 'app"], 'quote'],
])('%s is wrong use, in two lines', (_what, args, says) => {
  const ran = explainPurge(args);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain(says);
  expect(ran.err.trim().split('\n')).toHaveLength(2);
});
