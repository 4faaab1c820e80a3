import type { Log, Result } from 'sarif';
import { type PurgePages, wayInWords } from '../pages/purge.ts';
import { jsonText } from './safe-text.ts';

/** The dangers as SARIF, each at the line of the command, for an answer in the pull request that adds it. */
export function purgeSarif({ commands, unread }: PurgePages): string {
  const results = commands.flatMap(({ command, where, dangers, rehearsal }): readonly Result[] => {
    const uri = where.file ?? (where.task === null ? 'command' : `tasks/${where.task}`);
    const locations = [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: where.line ?? 1 } } }];
    const inUse = (rehearsal?.inUse ?? []).map(({ image, by, loses }) => ({
      ruleId: 'purge/in-use',
      level: 'error' as const,
      message: { text: `${image} runs${by === null ? '' : ` in ${by}`}, and loses its ${loses}.` },
      locations,
    }));
    return [
      ...dangers.map(({ kind, happens, instead }) => ({
        ruleId: `purge/${kind}`,
        level: 'error' as const,
        message: { text: `${happens} ${instead.map(wayInWords).join('. ')} (${command})` },
        locations,
      })),
      ...inUse,
    ];
  });
  const rules = [...new Set(results.map(({ ruleId = '' }) => ruleId))].sort();
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'acr-audit',
            informationUri: 'https://learn.microsoft.com/azure/container-registry/container-registry-auto-purge',
            rules: rules.map((id) => ({ id, shortDescription: { text: ruleWords[id] ?? 'A purge destroys' } })),
          },
        },
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: unread.map((text) => ({ level: 'warning', message: { text } })),
          },
        ],
        results: results.map((result) => ({ ...result, ruleIndex: rules.indexOf(result.ruleId ?? '') })),
      },
    ],
  };
  return jsonText(log);
}

const ruleWords: Readonly<Record<string, string>> = {
  'purge/every-tag': 'A purge deletes every tag of a repository',
  'purge/latest': 'A purge takes latest',
  'purge/signature-tags': 'A purge deletes the tags of signatures',
  'purge/alternation': 'A purge takes more repositories than it names',
  'purge/glob': 'A purge names repositories by a glob, which is none',
  'purge/age': 'A purge deletes what is new',
  'purge/misread-age': 'The age of a purge is not what it looks like',
  'purge/every-dangling-manifest': 'A purge deletes the untagged manifests of every repository',
  'purge/dangling-manifests-at-once': 'A purge deletes manifests as soon as they lose their tag',
  'purge/locked': 'A purge unlocks what somebody locked',
  'purge/no-rights': 'The identity of a purge may not purge',
  'purge/old-cli': 'A purge runs an old acr-cli',
  'purge/fails': 'A purge stops with an error each time',
  'purge/never-deletes': 'A purge never deletes anything',
  'purge/dry-run': 'A scheduled purge is a dry run',
  'purge/in-use': 'A purge deletes what runs',
};
