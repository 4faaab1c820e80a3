import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { roleUnassign } from '../../src/commands/roles.ts';
import { applied } from '../../src/commands/table.ts';
import { demoTenant } from '../../src/emulator/demo.ts';
import { denying } from '../../src/emulator/index.ts';
import type { Judging } from '../../src/engine/judge-all.ts';
import type { Command } from '../../src/model/command.ts';
import { observed } from '../../src/model/evidence.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { PlanPage } from '../../src/pages/plan.ts';
import { questionIds } from '../../src/plan/bind.ts';
import { planOf } from '../../src/plan/plan.ts';
import { take, usesOf } from '../../src/plan/rehearsal.ts';
import type { Planning } from '../../src/plan/wanted.ts';
import { wordsOf } from '../../src/plan/words.ts';
import { planMarkdown, renderPlan } from '../../src/report/plan.ts';
import { planBash, planPowerShell } from '../../src/report/plan-script.ts';
import { app, drawn } from '../az/tenants.ts';
import { collected, seenIn } from '../emulated.ts';
import { assignedPolicy, builtInPolicy, customPolicy, managementGroup, policySet } from '../policies.ts';
import { answersOf, emulatedTenant, plainTenant } from './drawn.ts';

const judging: Judging = { checks, profile: 'recommended' };
const few = (...ids: readonly string[]): Judging => ({
  checks: checks.filter(({ id }) => ids.includes(id)),
  profile: 'recommended',
});
const all: Planning = { answers: {}, only: [], until: null, onlySafe: false };
const shopGroup = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shop';
const workspace = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/law';
const answers = {
  'workspace-id': workspace,
  recovery: 'retention',
  'subnet-id':
    '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-apps/subnets/endpoints',
  'network-location': 'westeurope',
};

const tenants = ['demo', 'standard', 'three-regions'] as const;
const text = (step: PlanPage['steps'][number]): string => step.words.join(' ');
const snapshots = new Map<string, Snapshot>();
const snapshotOf = (name: string): Snapshot => {
  const snapshot = snapshots.get(name);
  if (!snapshot) throw new Error(`no tenant ${name}`);
  return snapshot;
};

beforeAll(async () => {
  for (const name of tenants)
    snapshots.set(
      name,
      await collected(
        name === 'demo'
          ? demoTenant()
          : JSON.parse(readFileSync(new URL(`../../fixtures/tenants/${name}.json`, import.meta.url), 'utf8')),
      ),
    );
}, 120_000);

describe.each([
  ['without an answer', {}],
  ['with answers', answers],
])('%s', (_, given) => {
  test.each(tenants)('the plan of %s makes no new finding, and the same evidence gives the same plan', (name) => {
    const plan = planOf(snapshotOf(name), judging, { ...all, answers: given });
    expect(plan.opened).toEqual([]);
    expect(plan.steps.filter(({ state }) => state === 'runs').every(({ text }) => !/<[a-z-]+>/.test(text))).toBe(true);
    for (const { id } of plan.questions) expect(questionIds(checks)).toContain(id);
    if (name === 'standard') expect(planOf(snapshotOf(name), judging, { ...all, answers: given })).toEqual(plan);
  });

  test.each(tenants)('nobody who can pull in %s loses that on the way', (name) => {
    const snapshot = snapshotOf(name);
    const plan = planOf(snapshot, judging, { ...all, answers: given });
    for (const closing of plan.steps.filter(
      ({ state, text }) => state === 'runs' && text.includes('--public-network-enabled false'),
    ))
      for (const step of plan.steps.slice(0, closing.number))
        if (
          step.registries.some((registry) => closing.registries.includes(registry)) &&
          /private-endpoint|private-dns/.test(text(step))
        )
          expect(step).toMatchObject({ state: 'runs' });
  });
});

test('what gives comes before what takes, whatever the order of findings', () => {
  const plan = planOf(snapshotOf('demo'), judging, all);
  const numbers = (part: string) => plan.steps.filter(({ text }) => text.includes(part)).map(({ number }) => number);
  const first = (part: string) => Math.min(...numbers(part));
  expect(first('--sku Premium')).toBe(1);
  expect(first('private-endpoint create')).toBeLessThan(first('--public-network-enabled false'));
  expect(first('private-endpoint create')).toBeLessThan(first('dns-zone-group create'));
  // The tenant has a zone of the name: Azure would not link a network to a second one.
  expect(numbers('private-dns zone create')).toEqual([]);
  // Of one registry: the records of another are there already, and its link waits for nobody.
  const own = (part: string, registry: string) =>
    plan.steps
      .filter(({ text, registries }) => text.includes(part) && registries.includes(registry))
      .map(({ number }) => number);
  for (const registry of ['contosoarchive', 'contosopartner', 'contosodev', 'contosolab'])
    expect(Math.max(...own('dns-zone-group create', registry))).toBeLessThan(
      Math.min(...own('link vnet create', registry)),
    );
  expect(Math.max(...numbers('--logs'))).toBeLessThan(first('--admin-enabled false'));
});

test('without the subnet nothing is closed: the endpoint waits, and all that comes after it', () => {
  const plan = planOf(snapshotOf('demo'), few('public-network-access-disabled'), all);
  expect(plan.questions.map(({ id }) => id)).toContain('subnet-id');
  const closing = plan.steps.filter(({ text }) => text.includes('--public-network-enabled false'));
  expect(closing).not.toEqual([]);
  for (const step of closing)
    expect(step).toMatchObject({ state: 'waits', because: expect.stringMatching(/^step \d+ comes first$/) });
});

test('soft delete and retention are one choice', () => {
  const kinds = (given: Planning['answers']) =>
    planOf(snapshotOf('demo'), few('deletes-recoverable', 'untagged-manifests-cleaned'), { ...all, answers: given })
      .steps.filter(({ registries, words }) => registries.includes('contosopartner') && words.length > 0)
      .map(({ words, state }) => [words[3], state]);
  expect(kinds({}).map(([, state]) => state)).toEqual(['waits', 'waits']);
  expect(Object.fromEntries(kinds({ recovery: 'retention' }))).toEqual({ 'soft-delete': 'refused', retention: 'runs' });
  expect(Object.fromEntries(kinds({ 'contosopartner.recovery': 'soft-delete' }))).toEqual({
    'soft-delete': 'runs',
    retention: 'refused',
  });
});

describe('a lock above', () => {
  const locked = async () => {
    const snapshot = await collected(
      drawn({
        sku: 'Premium',
        registry: { adminUserEnabled: true },
        beside: [
          {
            id: `${shopGroup}/providers/Microsoft.Authorization/locks/keep`,
            name: 'keep',
            type: 'Microsoft.Authorization/locks',
            properties: { level: 'ReadOnly' },
          },
        ],
      }),
    );
    return planOf(snapshot, few('admin-user-disabled', 'defender-scans-registries', 'data-plane-logged'), {
      ...all,
      answers,
    });
  };

  test('is lifted once by a person, before all that it refuses, and put back at the end', async () => {
    const { steps, closed, opened } = await locked();
    const [first] = steps;
    expect(first).toMatchObject({ state: 'person', text: expect.stringMatching(/lock keep at .* lift it/) });
    expect(steps.at(-1)).toMatchObject({ state: 'person', text: `Have the lock keep at ${shopGroup} put back.` });
    expect(steps.filter(({ text }) => text.includes('lift it'))).toHaveLength(1);
    const refused = steps.filter(({ text }) => /acr update|diagnostic-settings/.test(text));
    expect(refused).toHaveLength(2);
    for (const step of refused) expect(step).toMatchObject({ state: 'runs', after: expect.arrayContaining([1]) });
    expect([closed.length, opened]).toEqual([3, []]);
  });
});

describe('a policy', () => {
  const baseline = '/providers/Microsoft.Authorization/policySetDefinitions/baseline';
  const planUnder = async (policies: ReturnType<typeof drawn>['resources'], ...only: readonly string[]) => {
    const { resources, ...tenant } = drawn({ registry: { adminUserEnabled: true }, logged: true });
    const snapshot = await collected({ ...tenant, resources: [...resources, ...policies] });
    return planOf(snapshot, few(...only), { ...all, answers });
  };
  const states = ({ steps }: PlanPage) =>
    steps
      .filter(({ words }) => words.length > 0)
      .map(({ state, text }) => [state, text.split(' --')[0], text.split(' ').at(-2)]);

  test('of an initiative that may refuse or revert a step makes it wait, and names the assignment', async () => {
    const member = {
      policyDefinitionId: builtInPolicy('dc921057-6b28-4fbe-9b83-f7bec05db6c2'),
      policyDefinitionReferenceId: 'admin',
      parameters: { effect: { value: "[parameters('effect')]" } },
    };
    const plan = await planUnder(
      [
        policySet(baseline, [member], { effect: { defaultValue: 'Audit' } }),
        assignedPolicy('baseline', managementGroup, baseline, { parameters: { effect: { value: 'Deny' } } }),
      ],
      'premium-sku',
      'admin-user-disabled',
    );
    expect(states(plan)).toEqual([
      ['waits', 'az acr update', '--sku'],
      ['runs', 'az acr update', '--admin-enabled'],
    ]);
    expect(plan.steps[0]?.because).toMatch(
      /^may be refused or reverted by policy assignment Contoso baseline at \/providers\/Microsoft.Management\/.* \(deny: .*dc921057/,
    );
    expect(planBash(plan)).toMatch(/^# NOT RUN \(may be refused or reverted by policy assignment Contoso baseline/m);
    expect(plan.left).toEqual([{ check: 'premium-sku', registry: 'contososhop' }]);
  });

  test('of the tenant’s own that denies zones stops what comes after the zone', async () => {
    const rule = { field: 'type', equals: 'Microsoft.Network/privateDnsZones' };
    const own = customPolicy('no-zones', managementGroup, rule);
    const plan = await planUnder(
      [own, assignedPolicy('no-zones', managementGroup, own.id)],
      'premium-sku',
      'public-network-access-disabled',
    );
    expect(states(plan)[0]).toEqual(['runs', 'az acr update', '--sku']);
    expect(
      states(plan)
        .slice(1)
        .every(([state]) => state === 'waits'),
    ).toBe(true);
    expect(plan.steps.find(({ text }) => text.includes('zone create'))?.because).toMatch(/Contoso no-zones/);
  });

  test('that nobody could read is told, on every page', async () => {
    const snapshot = await collected(
      denying(drawn({ registry: { adminUserEnabled: true } }), '/', 'Microsoft.Authorization/policyAssignments/read'),
    );
    const plan = planOf(snapshot, few('admin-user-disabled'), all);
    expect(plan.unseen).toEqual([expect.stringMatching(/^What Azure Policy refuses or reverts in .* is not known: /)]);
    for (const text of [planBash(plan), planMarkdown(plan), renderPlan(plan, { colorLevel: 0, width: 300 })])
      expect(text).toContain('What Azure Policy refuses or reverts in');
  });
});

test('a network that is linked to the zone already is not linked again, and what comes after goes on', async () => {
  const { emulator } = emulatedTenant({ ...plainTenant, neighbour: 'open beside an endpoint' });
  const { steps } = planOf(await seenIn(emulator), few('private-endpoint-approved'), {
    ...all,
    answers: answersOf(plainTenant),
  });
  expect(
    steps
      .filter(({ registries }) => registries.includes('contososhop'))
      .map(({ state, words }) => [state, words.slice(1, 4).join(' ')]),
  ).toEqual([
    ['runs', 'resource update --ids'],
    ['person', ''],
    ['runs', 'network private-endpoint create'],
    ['runs', 'network private-endpoint dns-zone-group'],
    // The neighbour has no record in the zone: without the fallback its name would not resolve here.
    ['cuts', 'resource update --ids'],
  ]);
});

test('what other steps mend already waits for no answer', async () => {
  // The general fix asks for a zone; the fix of the records knows it.
  const { emulator } = emulatedTenant({ ...plainTenant, neighbour: 'open beside an endpoint' });
  const both = few('private-dns-records-complete', 'private-dns-zone-group-attached');
  const { steps, questions, left } = planOf(await seenIn(emulator), both, all);
  expect([steps.map(({ state }) => state), questions, left]).toEqual([['runs'], [], []]);
});

test.each([
  [['admin-user-disabled'], 'cuts', /container app web logs in to contososhop as its admin user/],
  [['admin-user-disabled', 'apps-pull-keyless'], 'runs', /^$/],
] as const)('the admin user that an app logs in with ends by %j: %s', async (ids, state, because) => {
  const snapshot = await collected(drawn({ registry: { adminUserEnabled: true }, beside: [app] }));
  const { steps } = planOf(snapshot, few(...ids), all);
  expect(steps.find(({ text }) => text.includes('--admin-enabled false'))).toMatchObject({
    state,
    because: expect.stringMatching(because),
  });
});

test('an assignment that the plan itself makes is taken away by what it gives: Azure has not named it yet', () => {
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r';
  const role = '2a1e307c-b015-4ebd-883e-5b7698a07328';
  const given = applied(
    { kind: 'role.assign', principal: 'p', role, scope: id },
    { roleAssignments: { assignments: [], definitions: observed([]) } },
  );
  const [assignment] = given.roleAssignments?.assignments ?? [];
  expect(roleUnassign(assignment?.id ?? '')).toEqual({ kind: 'role.revoke', principal: 'p', role, scope: id });
});

test('--only-safe takes nothing away; --for and --until-severity narrow', () => {
  const safe = planOf(snapshotOf('demo'), judging, { ...all, answers, onlySafe: true });
  expect(safe.steps.filter(({ ends }) => ends)).toEqual([]);
  const one = planOf(snapshotOf('demo'), judging, { ...all, only: ['admin-user-disabled'] });
  expect(new Set(one.steps.flatMap((step) => step.checks))).toEqual(new Set(['admin-user-disabled']));
  const worst = planOf(snapshotOf('demo'), judging, { ...all, until: 'critical' });
  expect(worst.steps.length).toBeLessThan(safe.steps.length);
});

test('an inherited assignment is its owner’s to delete', () => {
  const plan = planOf(snapshotOf('demo'), few('workload-roles-least-privilege'), all);
  for (const { text } of plan.steps.filter(({ words }) => words.includes('delete')))
    expect(text).toMatch(/registries\/[^/]+\/providers\/Microsoft\.Authorization/);
});

describe('the rehearsal', () => {
  const update = (set: Extract<Command, { kind: 'acr.update' }>['set']): Command => ({ kind: 'acr.update', set });

  test('refuses two dependent steps that change places', () => {
    const snapshot = snapshotOf('demo');
    const entry = snapshot.registries.find(({ name }) => name === 'contosodev');
    const id = entry?.id ?? '';
    const [premium, rules] = [update({ sku: 'Premium' }), update({ dataEndpointEnabled: true })];
    const after = take(snapshot, id, premium);
    if (!('snapshot' in after)) throw new Error('Premium is taken');
    expect(take(after.snapshot, id, rules)).toHaveProperty('snapshot');
    expect(take(snapshot, id, rules)).toMatchObject({ refusal: { refused: expect.stringMatching(/need Premium/) } });
  });

  test('refuses to cut off a network that pulls', () => {
    const snapshot = snapshotOf('three-regions');
    const works = [...usesOf(snapshot)].filter(([use, can]) => use.startsWith('network ') && can === 'yes');
    expect(works).not.toEqual([]);
    const zone =
      snapshot.shared.privateDns?.state === 'observed' ? snapshot.shared.privateDns.value.zones[0] : undefined;
    const link = zone?.links.state === 'observed' ? zone.links.value[0] : undefined;
    const taken = take(snapshot, snapshot.registries[0]?.id ?? '', {
      kind: 'dns.link.delete',
      zone: zone?.id ?? '',
      name: link?.name ?? '',
    });
    expect('cutOff' in taken && [...taken.cutOff, ...taken.unproven]).not.toEqual([]);
  });
});

/** A folder with an `az` that logs what it is asked, answers a look with what `answer` says, and fails at the nth write. */
function fakeAz(failAt: number): { readonly folder: string; readonly log: string } {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-plan-'));
  const log = join(folder, 'log');
  writeFileSync(log, '');
  writeFileSync(
    join(folder, 'az'),
    `#!/usr/bin/env bash
case " $* " in
  *" --output tsv "*) cat "${folder}/done" 2>/dev/null || true; rm -f "${folder}/done"; exit 0;;
esac
printf '%s\\n' "$*" >> "${log}"
[ "$(wc -l < "${log}")" -lt ${failAt} ] || exit 1
`,
  );
  chmodSync(join(folder, 'az'), 0o755);
  return { folder, log };
}

describe('the script', () => {
  const plan = (): PlanPage =>
    planOf(snapshotOf('demo'), few('admin-user-disabled', 'premium-sku', 'data-plane-logged'), { ...all, answers });

  test('prints and runs nothing without --apply', () => {
    const { folder, log } = fakeAz(99);
    const ran = spawnSync('bash', ['-s'], {
      input: planBash(plan()),
      encoding: 'utf8',
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/--sku.*Premium/);
    expect(readFileSync(log, 'utf8')).toBe('');
  });

  test.each([1, 2, 3])('stops at the first failure: command %i fails, and nothing comes after it', (failAt) => {
    const { folder, log } = fakeAz(failAt);
    const script = planBash(plan()).replaceAll(/\nverify_.*/g, '');
    const ran = spawnSync('bash', ['-s', '--', '--apply'], {
      input: script,
      encoding: 'utf8',
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/failed: nothing after it was run/);
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(failAt);
  });

  test('does not go on after a step that is not done, whatever az answers', () => {
    const { folder, log } = fakeAz(99);
    const ran = spawnSync('bash', ['-s', '--', '--apply'], {
      input: planBash(plan()),
      encoding: 'utf8',
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/ran, and is not done/);
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(1);
  });

  test('skips a step that is done already', () => {
    const { folder, log } = fakeAz(99);
    writeFileSync(join(folder, 'done'), 'Premium\n');
    const ran = spawnSync('bash', ['-s', '--', '--apply'], {
      input: planBash(plan()),
      encoding: 'utf8',
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    expect(ran.stdout).toMatch(/^1\. done already/);
    expect(readFileSync(log, 'utf8')).not.toContain(
      'contosodev --resource-group rg-dev --subscription 00000000-0000-0000-0000-000000000003 --sku',
    );
  });

  describe('run again after a failure in the middle', () => {
    let made: PlanPage | null = null;
    const page = (): PlanPage => {
      const full = made ?? planOf(snapshotOf('standard'), judging, { ...all, answers });
      made = { ...full, steps: full.steps.filter(({ state }) => state === 'runs') };
      return made;
    };
    const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
    const line = (words: readonly string[]) => words.slice(1).join(' ');

    /** An `az` that has done what is in its log, and says so when it is looked at; the nth write fails, before or after it is done. */
    function rememberingAz(steps: PlanPage['steps']) {
      const log = join(mkdtempSync(join(tmpdir(), 'acr-audit-resume-')), 'log');
      writeFileSync(log, '');
      const looks = steps.flatMap(({ words, verify }) =>
        verify
          ? [
              `  if [ "$*" = ${quoted(line(verify.words))} ]; then looked=yes`,
              `    case "$all" in *$'\\n'${quoted(line(words))}$'\\n'*) printf %s ${quoted(verify.prints)}; return;; esac; fi`,
            ]
          : [],
      );
      const az = (failAt: number, how: string) => [
        'n=0',
        'az() {',
        `  local looked=no all; all=$'\\n'$(<${log})$'\\n'`,
        ...looks,
        '  [ "$looked" = no ] || return 0',
        '  n=$((n + 1))',
        `  if [ $n = ${failAt} ] && [ ${how} = before ]; then return 1; fi`,
        `  printf '%s\\n' "$*" >> ${log}`,
        `  [ $n != ${failAt} ]`,
        '}',
      ];
      const run = (failAt: number, how: string) =>
        spawnSync('bash', ['-s', '--', '--apply'], {
          input: [...az(failAt, how), planBash({ ...page(), steps })].join('\n'),
          encoding: 'utf8',
        });
      return { run, done: () => readFileSync(log, 'utf8').split('\n').slice(0, -1) };
    }

    test('each step is done once, and every step is done at the end, wherever it failed', () => {
      const { steps } = page();
      const commands = steps.map(({ words }) => line(words));
      expect(steps.length).toBeGreaterThan(5);
      for (const { verify } of steps) expect(verify).not.toBeNull();
      for (const failAt of commands.keys()) {
        const how = failAt % 2 === 0 ? 'before' : 'after';
        const { run, done } = rememberingAz(steps);
        const first = run(failAt + 1, how);
        expect([first.status, first.stderr]).toEqual([1, expect.stringMatching(/what is done is skipped/)]);
        expect(done()).toEqual(commands.slice(0, failAt + (how === 'after' ? 1 : 0)));
        const second = run(0, how);
        expect([second.status, second.stderr]).toEqual([0, '']);
        expect(second.stdout.match(/done already/g)?.length ?? 0).toBe(failAt + (how === 'after' ? 1 : 0));
        expect(done()).toEqual(commands);
      }
    }, 120_000);
  });

  test('runs nothing for a word that it does not know', () => {
    const { folder, log } = fakeAz(99);
    const ran = spawnSync('bash', ['-s', '--', '--aply'], {
      input: planBash(plan()),
      encoding: 'utf8',
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    expect([ran.status, ran.stdout, readFileSync(log, 'utf8')]).toEqual([2, '', '']);
    expect(ran.stderr).toBe('there is no option --aply\n  leave it out to print the steps; --apply runs them\n');
    expect(planPowerShell(plan())).toMatch(/^\[CmdletBinding\(\)\] param\(\[switch\]\$Apply\)\n/);
  });

  test('a name gets out of no quote, in neither shell', () => {
    const evil = "x'; calc; '\n$(id)`id`’";
    const step = {
      ...plan().steps[0],
      words: ['az', evil],
      text: evil,
      breaks: [evil],
      because: evil,
      registries: [evil],
    };
    const page = {
      ...plan(),
      steps: [step as PlanPage['steps'][number], { ...step, number: 2, state: 'person' } as PlanPage['steps'][number]],
    };
    const ran = spawnSync('bash', ['-n'], { input: planBash(page), encoding: 'utf8' });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(planBash(page)).toContain("'x'\\''; calc; '\\'' $(id)`id`’'");
    expect(planPowerShell(page)).toContain("'x''; calc; '' $(id)`id`’’'");
  });
});

test.each([
  [`az a --b 'c d' --e ''`, ['az', 'a', '--b', 'c d', '--e', '']],
  [`az 'it'\\''s' x'y z'w`, ['az', "it's", 'xy zw']],
  [`az --query "[].{a:b, c:'d'}" --logs '[{"e":"f"}]'`, ['az', '--query', "[].{a:b, c:'d'}", '--logs', '[{"e":"f"}]']],
])('the words of %s', (command, words) => expect(wordsOf(command)).toEqual(words));

test.each([60, 80, 120])('on %i columns a command has lines that fit, which a shell reads as one', (width) => {
  const page = planOf(snapshotOf('demo'), few('public-network-access-disabled', 'data-plane-logged'), {
    ...all,
    answers,
  });
  const lines = renderPlan(page, { colorLevel: 0, width }).split('\n');
  // One option with its value is not broken.
  for (const line of lines.filter((one) => one.length > width)) expect(line.split(' --').length).toBeLessThanOrEqual(2);
  const printed = lines.flatMap((line, index) => {
    if (!line.startsWith('      az ')) return [];
    const end = lines.findIndex((one, at) => at >= index && !one.endsWith(' \\'));
    return [lines.slice(index, end + 1).join('\n')];
  });
  const az = `az() { printf '%s\\0' az "$@"; printf '\\n'; }`;
  const ran = spawnSync('bash', ['-s'], { input: [az, ...printed].join('\n'), encoding: 'utf8' });
  const words = page.steps.filter((one) => one.words.length > 0 && !one.text.includes('<')).map((one) => one.words);
  const read = ran.stdout.split('\n').map((line) => line.split('\0').slice(0, -1));
  expect(read).toEqual(expect.arrayContaining(words.map((one) => [...one])));
});

test('what a person does in the same words for several registries is said in full once', () => {
  const page = planOf(snapshotOf('demo'), judging, all);
  const texts = page.steps.filter(({ words }) => words.length === 0).map(({ text }) => text);
  const [twice = ''] = texts.filter((text, index) => texts.indexOf(text) < index);
  expect(twice).not.toBe('');
  const table = renderPlan(page, { colorLevel: 0, width: 100 }).replaceAll(/\s+/g, ' ');
  // The networks that it names are told each time.
  const [words = ''] = twice.split(' (');
  expect(table.split(words.replaceAll(/\s+/g, ' '))).toHaveLength(2);
  expect(table).toMatch(/As in step \d+, for the steps from here on\./);
});

test('and so where only the networks that it names differ, which are told', () => {
  const page = planOf(snapshotOf('demo'), few('public-network-access-disabled'), { ...all, answers });
  const [one] = page.steps.filter(({ words }) => words.length === 0);
  if (!one) throw new Error('something is done by hand');
  const text = (names: string) => `Run the next two steps in one go: networks get NXDOMAIN${names}. Look first.`;
  const steps = [' (vnet-a)', ' (vnet-b, vnet-c)', ''].map((names, at) => ({
    ...one,
    number: at + 1,
    text: text(names),
  }));
  const table = renderPlan({ ...page, steps }, { colorLevel: 0, width: 100 });
  expect(table.match(/Run the next two steps/g)).toHaveLength(1);
  expect(table).toContain('As in step 1, for the steps from here on: vnet-b, vnet-c.');
  expect(table).toContain('As in step 1, for the steps from here on.');
  expect(planMarkdown({ ...page, steps }).match(/Run the next two steps/g)).toHaveLength(1);
});

test('a page for a terminal and a page for a change request name every step', () => {
  const page = planOf(snapshotOf('demo'), judging, all);
  const table = renderPlan(page, { colorLevel: 0, width: 100 });
  const markdown = planMarkdown(page);
  for (const { number } of page.steps) {
    expect(table).toContain(`\n${String(number).padStart(3)}. `);
    expect(markdown).toContain(`\n### ${number}. `);
  }
  for (const { id } of page.questions) expect(table).toContain(`--set ${id}=`);
});
