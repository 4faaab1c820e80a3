import type { Fated, FilterPage, InUse, PurgePage, PurgePages, RehearsalPage } from '../pages/purge.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { jsonText, visible } from './safe-text.ts';
import { commandLines, indented } from './wrap.ts';

/** The pages as JSON, for a pipeline that guards purge commands. */
export const purgeJson = (pages: PurgePages): string => jsonText(pages);

/** What each command would do and each danger, for a terminal. Ends in a newline. */
export const renderPurges = (pages: PurgePages, style: Style, list: boolean): string => {
  const paint = paintOf(style.colorLevel);
  const unread =
    pages.unread.length === 0
      ? []
      : [
          `${paint.strong(paint.verdict.unknown('Not seen'))}\n${pages.unread.map((what) => indented(`- ${what}`, 2, style, 4)).join('\n')}`,
        ];
  return `${[...pages.commands.map((page) => renderPurge(page, style, list)), ...unread].join('\n\n\n')}\n`;
};

function renderPurge(page: PurgePage, style: Style, list: boolean): string {
  const paint = paintOf(style.colorLevel);
  const items = (texts: readonly string[]): string =>
    texts.map((text) => indented(`- ${text}`, 2, style, 4)).join('\n');
  const section = (title: string, body: string): string => `${paint.strong(title)}\n${body}`;
  const line = (text: string): string => indented(text, 0, style);
  const verdict = {
    safe: paint.verdict.pass(line('No danger found.')),
    dangerous: paint.verdict.fail(line(dangerWords(page))),
    unclear: paint.verdict.unknown(line('Not all of it could be judged.')),
  }[page.verdict];
  const place = placeWords(page);
  return [
    [
      ...(place === null ? [] : [paint.strong(indented(place, 0, style))]),
      commandLines(page.command, 0, style),
      '',
      verdict,
      paint.faint(line(`Read as ${page.judgedAs}.`)),
    ].join('\n'),
    section('What it does', items(page.does)),
    ...(page.dangers.length > 0
      ? [
          section(
            page.dangers.length === 1 ? 'Danger' : 'Dangers',
            page.dangers
              .map(({ happens, instead }, index) =>
                [
                  indented(`${index + 1}. ${happens}`, 2, style, 5),
                  ...instead.map(({ says, command }) =>
                    command === null
                      ? indented(`→ ${says}`, 5, style, 7)
                      : `${indented(`→ ${says}:`, 5, style, 7)}\n${commandLines(command, 7, style)}`,
                  ),
                ].join('\n'),
              )
              .join('\n'),
          ),
        ]
      : []),
    ...(page.rehearsal ? [rehearsed(page.rehearsal)] : []),
    ...(page.remarks.length > 0 ? [section('Not a danger today', items(page.remarks))] : []),
    ...(page.unreadable.length > 0 ? [section('Not judged', items(page.unreadable))] : []),
    ...(page.filters.some(({ matches, spares }) => matches.length + spares.length > 0) && page.rehearsal === null
      ? [section('For example', page.filters.map(filter).join('\n'))]
      : []),
    ...(page.better === null
      ? []
      : [
          section(
            'A command without these dangers',
            [
              indented('For --cmd of az acr task create or update:', 2, style),
              commandLines(page.better, 2, style),
              ...(page.trial === null
                ? []
                : [
                    '',
                    indented('Try it first, and read what it lists:', 2, style),
                    commandLines(page.trial, 2, style),
                  ]),
            ].join('\n'),
          ),
        ]),
  ].join('\n\n');

  function filter({ filter: text, matches, spares }: FilterPage): string {
    const tags = (some: readonly string[]): string => (some.length > 0 ? some.map(short).join(', ') : 'none of them');
    return [
      `  ${visible(text)}`,
      indented(`takes  ${tags(matches)}`, 4, style, 11),
      indented(`spares ${tags(spares)}`, 4, style, 11),
    ].join('\n');
  }

  function rehearsed(would: RehearsalPage): string {
    const title = `What it would delete now in ${would.registry}`;
    const counts = items(countsOf(would));
    const shown = list ? would.items : would.items.filter(({ kind, goes }) => kind === 'tag' && goes === true);
    if (shown.length === 0) return section(title, counts);
    const width = Math.min(40, Math.max(...shown.map((one) => nameOf(one).length)));
    const lines = shown.map((one) => indented(itemWords(one, list, width), 4, style));
    const more =
      list || would.tags <= shown.length
        ? []
        : [indented(`and ${would.tags - shown.length} more; --list shows all`, 4, style)];
    return section(title, [counts, ...lines, ...more].join('\n'));
  }
}

function dangerWords({ dangers, rehearsal }: PurgePage): string {
  const lost = rehearsal ? rehearsal.inUse.length : 0;
  if (lost > 0) return `CRITICAL: it would delete ${lost === 1 ? 'an image that runs' : `${lost} images that run`}.`;
  if (dangers.length === 0) return 'It would delete what is needed: see below.';
  return dangers.length === 1
    ? 'One danger: do not run it like this.'
    : `${dangers.length} dangers: do not run it like this.`;
}

function placeWords({ where: { file, line, task, schedule, next } }: PurgePage): string | null {
  if (task !== null)
    return `task ${task}${schedule === null ? ', which no timer starts' : `, by timer ${schedule} (UTC)${next === null ? '' : `, next on ${next.slice(0, 16).replace('T', ' ')}`}`}`;
  return file === null ? null : `${file}${line === null ? '' : `:${line}`}`;
}

function countsOf({
  tags,
  manifests,
  frees,
  latest,
  newest,
  signatures,
  inUse,
  unseen,
}: RehearsalPage): readonly string[] {
  const some = (what: string, names: readonly string[]): readonly string[] =>
    names.length === 0
      ? []
      : [
          `${what}: ${names.slice(0, 5).map(short).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`,
        ];
  const { least, most } = manifests;
  const count = least === most ? `${most}` : least === 0 ? `at most ${most}` : `between ${least} and ${most}`;
  return [
    ...inUse.map(inUseWords),
    `${tags} ${tags === 1 ? 'tag' : 'tags'} and ${count} ${most === 1 ? 'manifest' : 'manifests'}${frees === null ? '' : `, which take ${sizeWords(frees)} with layers that others may share`}`,
    ...some('latest is among them', latest),
    ...some('the newest tag of its repository is among them', newest),
    ...some('signatures are among them', signatures),
    ...unseen.map((what) => `there may be more: ${what}`),
  ];
}

const sizeWords = (bytes: number): string => {
  const step = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** step).toFixed(step === 0 ? 0 : 1)} ${['bytes', 'kB', 'MB', 'GB'][step]}`;
};

const inUseWords = ({ image, by, loses, repository, name }: InUse): string =>
  loses === 'image'
    ? `CRITICAL: ${image} runs${by === null ? '' : ` in ${by}`}, and is deleted with ${repository}:${name}`
    : `${image} runs${by === null ? '' : ` in ${by}`}, and loses the tag ${repository}:${name}: pulls by digest go on, a restart by that tag fails`;

const nameOf = ({ kind, repository, name }: Fated): string =>
  `${repository}${kind === 'tag' ? ':' : '@'}${short(name)}`;

function itemWords(one: Fated, list: boolean, width: number): string {
  const { updatedAt, goes, why } = one;
  const fate = goes === null ? 'unknown' : goes ? 'delete' : 'keep';
  const pushed = updatedAt === null ? '' : `  pushed ${updatedAt.slice(0, 10)}`;
  const what = nameOf(one).padEnd(width);
  return list ? `${fate.padEnd(7)} ${what}${pushed}  ${why}` : `${what}${pushed}`;
}

/** A digest is recognised by its beginning. */
const short = (tag: string): string => tag.replace(/(sha256[-:].{4})[0-9a-f]+/, '$1…');
