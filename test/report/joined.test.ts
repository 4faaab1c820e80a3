import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Failed, Finding } from '../../src/pages/report.ts';
import { joined, joiningRules } from '../../src/report/joined.ts';

const fail = (check: string, things: Failed['things'] = []): Finding => ({
  check,
  verdict: 'fail',
  message: '',
  observations: [],
  confirm: [],
  fix: [],
  fingerprint: '',
  ...(things.length > 0 ? { things } : {}),
});
const task = (name: string) => ({ thing: `task/${name}`, words: '', fingerprint: '' });
const say = (...findings: Finding[]) => joined({ findings });

describe('what belongs together is one sentence', () => {
  test.each<[string | null, Finding[]]>([
    [null, []],
    [null, [fail('premium-sku')]],
    ['No network can reach the registry: nobody can pull or push.', [fail('registry-reachable')]],
    [
      'Anybody on the internet can pull every image without logging in.',
      [fail('unlisted-networks-refused'), fail('anonymous-pull-disabled')],
    ],
    [
      'Anybody on the internet can pull every image without logging in, and the shared admin account is on.',
      [fail('unlisted-networks-refused'), fail('anonymous-pull-disabled'), fail('admin-user-disabled')],
    ],
    [
      'Whoever has the shared admin password can replace every image from anywhere on the internet.',
      [fail('unlisted-networks-refused'), fail('admin-user-disabled')],
    ],
    ['Whoever reaches the registry can pull every image without logging in.', [fail('anonymous-pull-disabled')]],
    ['A task definition shows a credential to whoever may read it.', [fail('task-definitions-secret-free')]],
    [
      'Task purge-all may delete what is still needed, and nothing brings it back.',
      [fail('purge-commands-safe', [task('purge-all')]), fail('deletes-recoverable')],
    ],
    ['A purge may delete what is still needed.', [fail('purge-commands-safe', [task('a'), task('b')])]],
    [
      'Private networks resolve some of its names to nothing or to a wrong address.',
      [fail('private-dns-records-complete'), fail('private-dns-zone-linked')],
    ],
    ['Some of its private names lead nowhere or to a wrong address.', [fail('private-dns-records-complete')]],
    ['A network that pulls does not see its private names.', [fail('private-dns-zone-linked')]],
    ['A cluster that pulls from it has no role that lets it.', [fail('clusters-can-pull')]],
    ['Its own tasks are likely refused.', [fail('tasks-can-reach-registry')]],
    ['The shared admin account is on.', [fail('admin-user-disabled')]],
    ['A workload can manage the registry.', [fail('workload-roles-least-privilege')]],
    ['Every network on the internet may try to log in.', [fail('unlisted-networks-refused')]],
  ])('%s', (sentence, findings) => expect(say(...findings)).toBe(sentence));

  test('says nothing of what is unknown', () => {
    expect(
      say({ check: 'registry-reachable', verdict: 'unknown', unseen: 'untold', reason: '', fingerprint: '' }),
    ).toBeNull();
  });

  test('every rule is about checks that exist', () => {
    const ids = new Set(checks.map(({ id }) => id));
    for (const { fails } of joiningRules) for (const id of fails) expect(ids).toContain(id);
  });
});
