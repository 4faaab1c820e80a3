import type { PurgePages } from '../pages/purge.ts';
import { csvLine } from './csv.ts';

const columns = [
  'registry',
  'task',
  'command',
  'kind',
  'repository',
  'name',
  'digest',
  'pushed',
  'size',
  'fate',
  'why',
];

/** Every tag and manifest that was looked at, for spreadsheets. */
export const purgeCsv = ({ commands }: PurgePages): string =>
  [
    columns,
    ...commands.flatMap(({ command, rehearsal, where }) =>
      (rehearsal?.items ?? []).map(({ kind, repository, name, digest, updatedAt, size, goes, why }) => [
        rehearsal?.registry ?? '',
        where.task ?? '',
        command,
        kind,
        repository,
        name,
        digest,
        updatedAt ?? '',
        size === null ? '' : String(size),
        goes === null ? 'unknown' : goes ? 'delete' : 'keep',
        why,
      ]),
    ),
  ]
    .map(csvLine)
    .join('');
