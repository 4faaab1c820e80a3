import type { Failed, ReportSubject } from '../pages/report.ts';

/** A sentence part that says what several failures mean together. It holds where all of `fails` fail. */
interface Joining {
  readonly fails: readonly string[];
  /** A clause without its capital and full stop. */
  readonly says: string | ((failed: ReadonlyMap<string, Failed>) => string);
}

/** Worst first. A rule uses up its failures: what it says is not said again by a weaker one. */
const joinings: readonly Joining[] = [
  { fails: ['registry-reachable'], says: 'no network can reach the registry: nobody can pull or push' },
  {
    fails: ['anonymous-pull-disabled', 'unlisted-networks-refused'],
    says: 'anybody on the internet can pull every image without logging in',
  },
  {
    fails: ['admin-user-disabled', 'unlisted-networks-refused'],
    says: 'whoever has the shared admin password can replace every image from anywhere on the internet',
  },
  { fails: ['anonymous-pull-disabled'], says: 'whoever reaches the registry can pull every image without logging in' },
  { fails: ['task-definitions-secret-free'], says: 'a task definition shows a credential to whoever may read it' },
  {
    fails: ['purge-commands-safe', 'deletes-recoverable'],
    says: (failed) =>
      `${tasksOf(failed.get('purge-commands-safe'))} may delete what is still needed, and nothing brings it back`,
  },
  {
    fails: ['purge-commands-safe'],
    says: (failed) => `${tasksOf(failed.get('purge-commands-safe'))} may delete what is still needed`,
  },
  {
    fails: ['private-dns-records-complete', 'private-dns-zone-linked'],
    says: 'private networks resolve some of its names to nothing or to a wrong address',
  },
  { fails: ['private-dns-records-complete'], says: 'some of its private names lead nowhere or to a wrong address' },
  { fails: ['private-dns-zone-linked'], says: 'a network that pulls does not see its private names' },
  { fails: ['clusters-can-pull'], says: 'a cluster that pulls from it has no role that lets it' },
  { fails: ['tasks-can-reach-registry'], says: 'its own tasks are likely refused' },
  { fails: ['admin-user-disabled'], says: 'the shared admin account is on' },
  { fails: ['workload-roles-least-privilege'], says: 'a workload can manage the registry' },
  { fails: ['unlisted-networks-refused'], says: 'every network on the internet may try to log in' },
];

const tasksOf = (failed: Failed | undefined): string => {
  const names = (failed?.things ?? []).flatMap(({ thing }) => (thing.startsWith('task/') ? [thing.slice(5)] : []));
  return names.length === 1 ? `task ${names[0]}` : 'a purge';
};

const mostClauses = 2;

/** One sentence that joins what belongs together, from verdicts alone; `null` where no rule holds. */
export function joined({ findings }: Pick<ReportSubject, 'findings'>): string | null {
  const failed = new Map(findings.flatMap((one) => (one.verdict === 'fail' ? [[one.check, one] as const] : [])));
  const used = new Set<string>();
  const clauses: string[] = [];
  for (const { fails, says } of joinings) {
    if (clauses.length === mostClauses) break;
    if (!fails.every((check) => failed.has(check)) || fails.some((check) => used.has(check))) continue;
    for (const check of fails) used.add(check);
    clauses.push(typeof says === 'string' ? says : says(failed));
  }
  const [first] = clauses;
  return first === undefined ? null : `${first.charAt(0).toUpperCase()}${clauses.join(', and ').slice(1)}.`;
}

/** The rules, for the test that goes through them. */
export const joiningRules = joinings;
