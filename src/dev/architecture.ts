/** A part of the house, and whom its files may import, types included. A part may always import itself. */
export interface Part {
  /** A folder of `src`, or a path from the top folder. */
  readonly name: string;
  readonly is: string;
  /** Parts by name, files of parts by path below `src`, packages by name; `*` at the end is any rest. */
  readonly may: readonly string[];
}

const anything = ['*'] as const;

/** From the entrance down to the words that everyone uses: an arrow points down this list. */
export const parts: readonly Part[] = [
  { name: 'bin', is: 'sets the exit code to what `start` returns; nothing else', may: ['cli'] },
  { name: 'cli', is: 'yargs commands, streams, colours, exit codes: puts the parts together', may: anything },
  { name: 'dev', is: 'what `npm run gen`, `new-check` and `bench` do', may: anything },
  {
    name: 'azure',
    is: 'the only folder that runs `@azure/*`: clouds, login, clients, pipeline policies',
    may: ['model', 'collect/azure', '@azure/*', 'node:*'],
  },
  {
    name: 'collect',
    is: 'one collector a facet: which permission, which api-version, how to ask, how to read the answer; never judges',
    may: ['model', 'facts/tasks', 'facts/posture/image-findings-query', 'valibot'],
  },
  {
    name: 'probe',
    is: 'DNS, TCP, TLS and `/v2/` as this machine sees them; never judges',
    may: ['model', 'node:*'],
  },
  {
    name: 'emulator',
    is: 'an in-memory Azure Resource Manager: behind `--demo`, and over HTTPS on loopback for tests and for az',
    may: ['model', 'commands', '@azure/core-rest-pipeline', 'fixtures/*', 'selfsigned', 'valibot', 'node:*'],
  },
  {
    name: 'testing',
    is: 'the rule tester, public as `acr-audit/testing`',
    may: ['model', 'facts', 'commands', 'engine', 'node:assert/*'],
  },
  {
    name: 'explain',
    is: 'makes the pages of `explain`: evidence → page',
    may: ['model', 'facts', 'commands', 'pages'],
  },
  {
    name: 'export',
    is: 'an initiative of Azure Policy and queries of Kusto, both printed from one condition tree for each check',
    may: ['model', 'facts'],
  },
  {
    name: 'plan',
    is: 'one ordered, rehearsed plan for everything that failed: order, questions, rehearsal',
    may: ['model', 'facts', 'commands', 'engine', 'pages'],
  },
  {
    name: 'report',
    is: 'one reporter a file: report → text',
    may: ['model', 'pages', 'chalk', 'cli-table3', 'sarif', 'node:crypto'],
  },
  {
    name: 'pages',
    is: 'what is said, as types: the report, and the pages of `explain`, `probe` and `plan`; between those who make them and the reporters that print them',
    may: ['model', 'facts'],
  },
  {
    name: 'engine',
    is: 'judges: snapshot × checks → verdicts → report, exit code',
    may: ['model', 'facts', 'commands', 'pages', 'node:crypto'],
  },
  { name: 'checks/index.ts', is: 'the list of all checks, generated', may: ['checks', 'model'] },
  { name: 'checks', is: 'one control a file, `<area>/<id>.ts`', may: ['check'] },
  { name: 'src/check.ts', is: 'the public check API, `acr-audit/check`', may: ['model', 'facts', 'commands'] },
  {
    name: 'commands',
    is: 'the steps of fixes as data, and one table of what each kind prints, does, undoes, and when ARM refuses it',
    may: ['model', 'facts'],
  },
  {
    name: 'facts',
    is: 'what is true of a tenant, pure, and never a whole verdict: `path/` (who reaches a registry, and how), `access/` (who may do what), `posture/` (replicas, recovery, scanning, logging), `tasks/` (what tasks are written in, what purges delete)',
    may: ['model', 'cidr-tools', 'yaml', 'croner', '@secretlint/*'],
  },
  {
    name: 'model',
    is: 'the words that everyone uses: facets, evidence, snapshot, check, outcome, command, config, ids',
    may: [],
  },
];

/** What the table does not allow and is still there: file and import. It has to be empty. */
export const notYet: readonly (readonly [string, string])[] = [];

/** Imports that still run in a circle. It has to be empty. */
export const circles: readonly (readonly [string, string])[] = [];

/** The part that a file belongs to: the first that holds it. */
export const partOf = (file: string): Part | undefined =>
  [...parts].sort((a, b) => b.name.length - a.name.length).find(({ name }) => holds(name, file));

/** Whether a file of the part may import a file (by its path) or a package (by its name). */
export const mayImport = (part: Part, imported: string): boolean =>
  [part.name, ...part.may].some((allowed) =>
    allowed.endsWith('*') ? imported.startsWith(allowed.slice(0, -1)) : holds(allowed, imported),
  );

const holds = (name: string, file: string): boolean =>
  [file, file.replace(/^src\//, '')].some(
    (path) => path === name || path === `${name}.ts` || path.startsWith(`${name}/`),
  );

/** The table as the page of the architecture has it. */
export function architectureTable(): string {
  const rows = parts.map(({ name, is, may }) => `| \`${pathOf(name)}\` | ${is} | ${importsOf(may)} |`);
  return ['| part | is | may import |', '|---|---|---|', ...rows].join('\n');
}

const pathOf = (name: string): string => (/^(src|checks|bin)\b/.test(name) ? name : `src/${name}`);

function importsOf(may: readonly string[]): string {
  if (may.length === 0) return 'nothing';
  if (may === anything) return 'everything';
  return may.map((one) => `\`${one}\``).join(', ');
}
