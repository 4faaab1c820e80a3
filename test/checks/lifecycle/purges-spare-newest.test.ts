import check from '../../../checks/lifecycle/purges-spare-newest.ts';
import { denied, observed } from '../../../src/model/evidence.ts';
import type { RepositoryContents, Tag, TagInventory } from '../../../src/model/facets/tag-inventory.ts';
import { command, inGit, nightly, task } from '../../facts/tasks/yaml.ts';
import { testCheck } from '../../support.ts';

// The rows are judged as of 2026-11-23T02:00:00Z.
const tag = (name: string, day: string, said: Partial<Tag> = {}): Tag => ({
  name,
  digest: `sha256:${name}`,
  updatedAt: `${day}T00:00:00Z`,
  locked: false,
  writeEnabled: true,
  ...said,
});
const bare = (digest: string, day: string) => ({
  digest,
  updatedAt: `${day}T00:00:00Z`,
  mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
  tags: [],
  children: [],
  refersTo: [],
  locked: false,
  size: 1_000,
});
const holding = (said: Partial<RepositoryContents>, name = 'app'): TagInventory => ({
  repositories: [
    { name, contents: observed({ tags: [], tagsCut: false, manifests: [], manifestsCut: false, ...said }) },
  ],
  cut: false,
});
const versions = [tag('v3', '2026-11-20'), tag('v2', '2026-06-01'), tag('v1', '2026-05-01')];
const purge = (line: string) => [task('purge', command(line), { timers: nightly })];
const at = 'tasks/0/step/content';
const signature = `sha256-${'a'.repeat(64)}.sig`;

testCheck(
  check,
  [
    [
      'pass',
      'only old versions go',
      { tasks: purge("acr purge --filter 'app:^v' --ago 30d"), tagInventory: holding({ tags: versions }) },
      { cites: [at, 'tagInventory/cut'], says: 'purge would delete 2 tags now' },
    ],
    [
      'pass',
      'two of the old ones are kept',
      { tasks: purge("acr purge --filter 'app:^v' --ago 1d --keep 2"), tagInventory: holding({ tags: versions }) },
      { says: '1 tag now' },
    ],
    [
      'fail',
      'nothing was pushed for long, and nothing is kept',
      { tasks: purge("acr purge --filter 'app:^v' --ago 1d"), tagInventory: holding({ tags: versions }) },
      { cites: [at], says: '3 tags now, among them app:v3' },
    ],
    [
      'fail',
      'latest is old',
      {
        tasks: purge("acr purge --filter 'app:.*' --ago 30d --keep 1"),
        tagInventory: holding({
          tags: [versions[0] ?? tag('x', ''), tag('v2', '2026-07-01'), tag('latest', '2026-05-01')],
        }),
      },
      { says: 'app:latest' },
    ],
    [
      'fail',
      'a signature goes',
      {
        tasks: purge("acr purge --filter 'app:.*' --ago 30d"),
        tagInventory: holding({ tags: [...versions, tag(signature, '2026-05-01')] }),
      },
      { says: signature },
    ],
    [
      'pass',
      'what is newest is locked',
      {
        tasks: purge("acr purge --filter 'app:^v' --ago 1d"),
        tagInventory: holding({ tags: [tag('v3', '2026-11-20', { locked: true }), ...versions.slice(1)] }),
      },
    ],
    [
      'pass',
      'the pattern of the repository does not match its whole name',
      {
        tasks: purge("acr purge --filter 'ap:.*' --ago 1d"),
        tagInventory: holding({ tags: versions }),
      },
      { says: '0 tags' },
    ],
    [
      'fail',
      'one of two filters takes it',
      {
        tasks: purge("acr purge --filter 'app:^x' --filter '.*:^v3$' --ago 1d"),
        tagInventory: holding({ tags: versions }),
      },
    ],
    [
      'pass',
      'manifests without a tag are counted, those that lose theirs among them',
      {
        tasks: purge("mcr.microsoft.com/acr/acr-cli:0.19 purge --filter 'app:^v' --ago 30d --untagged"),
        tagInventory: holding({
          tags: versions,
          manifests: [
            bare('sha256:1', '2026-01-01'),
            bare('sha256:2', '2026-11-22'),
            { ...bare('sha256:3', '2026-05-01'), tags: ['v1'] },
            { ...bare('sha256:4', '2026-05-01'), tags: ['v1', 'v3'] },
          ],
        }),
      },
      { says: '2 tags now and 2 manifests' },
    ],
    [
      'pass',
      'an old acr-cli takes every manifest without a tag, however new',
      {
        tasks: purge("mcr.microsoft.com/acr/acr-cli:0.14 purge --filter 'app:^v' --ago 30d --keep 2 --untagged"),
        tagInventory: holding({
          tags: versions,
          manifests: [bare('sha256:1', '2026-01-01'), bare('sha256:2', '2026-11-22'), bare('sha256:3', '2026-11-22')],
        }),
      },
      { says: '0 tags now and 3 manifests' },
    ],
    [
      'unknown',
      'a repository may not be read',
      {
        tasks: purge("acr purge --filter 'app:^v' --ago 30d"),
        tagInventory: {
          repositories: [{ name: 'app', contents: denied('DENIED', []) }],
          cut: false,
        },
      },
      { says: 'app could not be read' },
    ],
    [
      'unknown',
      'there are more tags than were looked at',
      {
        tasks: purge("acr purge --filter 'app:^v' --ago 30d"),
        tagInventory: holding({ tags: versions, tagsCut: true }),
      },
      { says: 'would delete 2 tags now; app has more' },
    ],
    [
      'unknown',
      'Azure does not say how old latest is',
      {
        tasks: purge("acr purge --filter 'app:.*' --ago 30d"),
        tagInventory: holding({ tags: [tag('v3', '2026-11-20'), tag('latest', '', { updatedAt: null })] }),
      },
      { says: 'does not say how old latest is' },
    ],
    [
      'unknown',
      'the age is given when it runs',
      { tasks: purge("acr purge --filter 'app:^v' --ago {{.Run.Date}}"), tagInventory: holding({ tags: versions }) },
    ],
    [
      'unknown',
      'the definition is in git',
      { tasks: [task('t', inGit(), { timers: nightly })], tagInventory: holding({}) },
    ],
    [
      'not-applicable',
      'the definition is in git, and no timer starts it',
      { tasks: [task('t', inGit())], tagInventory: holding({}) },
    ],
    [
      'not-applicable',
      'acr-cli refuses the age each night',
      { tasks: purge("acr purge --filter 'app:^v' --ago 2w"), tagInventory: holding({ tags: versions }) },
    ],
    [
      'not-applicable',
      'the purge has no timer',
      { tasks: [task('t', command("acr purge --filter '.*:.*' --ago 0d"))], tagInventory: holding({ tags: versions }) },
    ],
  ],
  {
    'tagInventory/repositories/*/contents/value/manifests/*/refersTo':
      'how many manifests go is told, and does not decide',
    'tagInventory/repositories/*/contents/value/manifests/*/size': 'how much it frees is told, and does not decide',
    'tasks/*/status': 'a task of which Azure does not say whether it is on is judged as one that is',
    'tasks/*/timers/*/status': 'a timer of which Azure does not say whether it is on is taken for one that is',
    'tagInventory/repositories/*/contents': 'a repository that no filter names is not looked at',
    'tagInventory/repositories/*/contents/value/tags/*/updatedAt': 'what is locked stays, however old',
    'tagInventory/repositories/*/contents/value/manifests/*/mediaType':
      'acr-cli leaves a manifest of which nobody knows what it is',
    'tagInventory/repositories/*/contents/value/manifests/*/updatedAt':
      'acr-cli leaves a manifest of which nobody knows how old it is',
  },
);
