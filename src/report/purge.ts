import type { FilterPage, PurgePage } from '../facts/tasks/purge-words.ts';
import type { Rehearsal } from '../facts/tasks/rehearsal.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { jsonText, visible } from './safe-text.ts';
import { indented } from './wrap.ts';

const purgeSchema = 'acr-audit/purge@1';

/** The pages as JSON, for a pipeline that guards purge commands. */
export const purgeJson = (pages: readonly PurgePage[]): string => jsonText({ schema: purgeSchema, commands: pages });

/** What each command would do and each danger, for a terminal. Ends in a newline. */
export const renderPurges = (pages: readonly PurgePage[], style: Style): string =>
  `${pages.map((page) => renderPurge(page, style)).join('\n\n')}\n`;

function renderPurge(page: PurgePage, style: Style): string {
  const paint = paintOf(style.colorLevel);
  const items = (texts: readonly string[]): string =>
    texts.map((text) => indented(`- ${text}`, 2, style, 4)).join('\n');
  const section = (title: string, body: string): string => `${paint.strong(title)}\n${body}`;
  const count = page.dangers.length;
  const verdict = {
    safe: paint.verdict.pass('no danger found in the command itself'),
    dangerous: paint.verdict.fail(`${count} ${count === 1 ? 'danger' : 'dangers'}`),
    unclear: paint.verdict.unknown('not everything in it could be judged'),
  }[page.verdict];
  const cli = page.version ? `acr-cli ${page.version}` : 'acr-cli of no fixed version, judged as 0.14 and as 0.19';
  return [
    `${paint.strong(visible(page.command))}\n  ${verdict} ${paint.faint(`· ${cli}`)}`,
    section('What it does', items(page.does)),
    ...(page.filters.length > 0 ? [section('Which tags its patterns take', page.filters.map(filter).join('\n'))] : []),
    ...(count > 0
      ? [
          section(
            'Dangers',
            page.dangers
              .map(
                ({ happens, instead }, index) =>
                  `${indented(`${index + 1}. ${happens}`, 2, style, 5)}\n${indented(`→ ${instead}`, 5, style, 7)}`,
              )
              .join('\n'),
          ),
        ]
      : []),
    ...(page.rehearsal ? [section('What it would delete now', items(rehearsed(page.rehearsal)))] : []),
    ...(page.unreadable.length > 0 ? [section('Not judged', items(page.unreadable))] : []),
    section(
      'Before it runs',
      items([
        'Run it once with --dry-run and read the list: az acr run --registry <registry> --cmd "<command> --dry-run" /dev/null',
        'Lock what must stay: az acr repository update --name <registry> --image <image> --write-enabled false',
      ]),
    ),
  ].join('\n\n');

  function filter({ filter: text, matches, spares }: FilterPage): string {
    const list = (tags: readonly string[]): string => (tags.length > 0 ? tags.map(short).join(', ') : 'none of them');
    return [
      `  ${visible(text)}`,
      indented(`takes  ${list(matches)}`, 4, style, 11),
      indented(`spares ${list(spares)}`, 4, style, 11),
    ].join('\n');
  }
}

function rehearsed({ tags, manifestsAtMost, latest, newest, signatures, unseen }: Rehearsal): readonly string[] {
  const some = (what: string, names: readonly string[]): readonly string[] =>
    names.length === 0
      ? []
      : [
          `${what}: ${names.slice(0, 5).map(short).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`,
        ];
  return [
    `${tags} ${tags === 1 ? 'tag' : 'tags'}, and at most ${manifestsAtMost} ${manifestsAtMost === 1 ? 'manifest' : 'manifests'}`,
    ...some('latest is among them', latest),
    ...some('the newest tag of its repository is among them', newest),
    ...some('signatures are among them', signatures),
    ...unseen.map((what) => `there may be more: ${what}`),
  ];
}

/** A digest is recognised by its beginning. */
const short = (tag: string): string => tag.replace(/(sha256-.{4})[0-9a-f]+/, '$1…');
