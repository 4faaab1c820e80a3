import Table from 'cli-table3';
import { lastPart } from '../model/ids.ts';
import { type PathDocument, type PrintedPath, type PrintedStop, pathSchema, type RegionReach } from '../pages/path.ts';
import { confirmLines, fixLines, undoLines } from './block-lines.ts';
import { type Paint, paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { jsonText, visible } from './safe-text.ts';
import { missingText } from './view.ts';
import { columnsOf, fitted, indented, wrap } from './wrap.ts';

export const pathJson = ({ name, collectedAt, ...page }: PrintedPath): string =>
  jsonText({ schema: pathSchema, name, collectedAt, ...page } satisfies PathDocument);

/** For a terminal: the matrix, then each thing that stops a pull once, then who else comes. Ends in a newline. */
export function renderPath(page: PrintedPath, style: Style): string {
  const { name, collectedAt: at, stops } = page;
  const paint = paintOf(style.colorLevel);
  const section = (title: string, body: string): string => `${paint.strong(title)}\n${body}`;
  const access = page.publicAccess === null ? 'public access not known' : publicWords[page.publicAccess];
  const facts = [page.loginServer ?? 'no login server', page.regions.join(', '), access, `as of ${at}`].join(' · ');
  const endpoints = page.endpoints.map(({ name: endpoint, status, network }) =>
    indented(
      `endpoint ${endpoint}: ${status ?? 'state not known'}${network ? `, in ${lastPart(network)}` : ''}`,
      2,
      style,
      4,
    ),
  );
  return `${[
    [paint.strong(visible(name)), paint.faint(indented(facts, 2, style)), ...endpoints].join('\n'),
    section(
      'Who can pull, by the region that serves the layers',
      page.from.length > 0 ? matrix(page, paint, style) : indented(nobodyPulls, 2, style),
    ),
    ...stops.map((stop, index) => stopText(stop, index, paint, style)),
    section('Who else comes', others(page, paint, style)),
    ...(page.probed ? [section('What DNS answers the machine that collected', probed(page, style))] : []),
    ...(page.unseen.length > 0
      ? [
          section(
            'Not seen',
            page.unseen.map(({ facet, reason }) => indented(`- ${facet}: ${reason}`, 2, style, 4)).join('\n'),
          ),
        ]
      : []),
  ].join('\n\n')}\n`;
}

export const nobodyPulls =
  'No network is known to pull: name clusters and networks in the configuration file, as `consumers`.';

const publicWords = {
  open: 'public access open',
  selected: 'public access for listed networks',
  disabled: 'public access off',
} as const;

function matrix(page: PrintedPath, paint: Paint, style: Style): string {
  // As many regions beside each other as fit, each as wide as its longest words need.
  const most = Math.max(1, Math.floor((columnsOf(style) - 1) / (narrowest + 3)) - 1);
  const starts = page.regions.flatMap((_, index) => (index % most === 0 ? [index] : []));
  return starts.map((start) => part(start, Math.min(start + most, page.regions.length))).join('\n');

  function part(start: number, end: number): string {
    const drawn = new Table({
      head: ['from', ...page.regions.slice(start, end)].map((text) => paint.strong(visible(text))),
      style: { head: [], border: [], compact: true },
    });
    const width = Math.max(narrowest, Math.floor((columnsOf(style) - 1) / (end - start + 1)) - 3);
    for (const { name, who, regions } of page.from)
      drawn.push([
        [...wrap(name, width), ...wrap(who.join(', '), width).map((line) => paint.faint(line))].join('\n'),
        ...regions.slice(start, end).map((region) => cell(region, page.stops, paint, width)),
      ]);
    return drawn.toString();
  }
}

/** Of a cell, in columns: the longest name of a region, and of most resources. */
const narrowest = 18;

function cell(
  { can, ways, via, stopped }: RegionReach,
  stops: readonly PrintedStop[],
  paint: Paint,
  width: number,
): string {
  if (can === 'yes')
    return [paint.verdict.pass('yes'), ...wrap(`${ways.join(' and ')}: ${via.join(', ')}`, width)].join('\n');
  const number = stops.findIndex(
    (stop) => stop.name === stopped?.name && JSON.stringify(stop.hop) === JSON.stringify(stopped.hop),
  );
  return [
    inkOf(can, paint)({ no: 'NO', 'in part': 'in part', unknown: 'not known' }[can]),
    ...wrap(`see ${number + 1}`, width),
  ].join('\n');
}

function stopText(stop: PrintedStop, index: number, paint: Paint, style: Style): string {
  const where = stop.where.map(({ from, regions }) => `${from} (${regions.join(', ')})`).join('; ');
  return [
    `${index + 1}. ${inkOf(stop.can, paint)({ no: 'Broken', 'in part': 'Works in part', unknown: 'Not known' }[stop.can])}: ${wrap(stop.problem, Math.max(30, columnsOf(style) - 18)).join('\n   ')}`,
    indented(`From: ${where}`, 3, style),
    ...(stop.hop.kind === 'unseen'
      ? stop.hop.missing.map((missing) => indented(`The credential ${missingText(missing)}`, 3, style, 5))
      : [indented(`Symptom: ${stop.symptom}`, 3, style)]),
    ...confirmLines(stop.confirm),
    ...fixLines(stop.fix, stop.confirm, style),
    ...undoLines(stop.fix, stop.confirm, style),
  ].join('\n');
}

const inkOf = (can: RegionReach['can'], paint: Paint) =>
  can === 'unknown' ? paint.verdict.unknown : paint.verdict.fail;

function others({ callers }: PrintedPath, paint: Paint, style: Style): string {
  const ink = {
    yes: paint.verdict.pass,
    no: paint.verdict.fail,
    unknown: paint.verdict.unknown,
    'by-network': paint.faint,
  };
  const words = { yes: 'yes', no: 'no', unknown: 'not known', 'by-network': 'by network' };
  const drawn = new Table({ style: { head: [], border: [], compact: true } });
  for (const { caller, can, how } of callers)
    drawn.push([caller, ink[can](words[can]), wrap(how, Math.max(16, columnsOf(style) - 44)).join('\n')]);
  return drawn.toString();
}

function probed({ probed, probedServers }: PrintedPath, style: Style): string {
  const drawn = new Table({
    head: ['name', 'answer', 'the endpoints have'],
    style: { head: [], border: [], compact: true },
  });
  const rows = (probed ?? []).map(({ name, saw, ips, problem, wanted, agrees }) => {
    const answer = ips.length > 0 ? `${saw}: ${ips.join(', ')}` : (problem ?? saw);
    const verdict = agrees === null ? '' : agrees ? ' (agrees)' : ' (another address)';
    return [name, answer, `${wanted?.join(', ') ?? 'no address known'}${verdict}`];
  });
  const lengths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const widths = fitted(lengths, columnsOf(style) - 10);
  for (const row of rows) drawn.push(row.map((text, column) => wrap(text, widths[column] ?? 1).join('\n')));
  const notes = [
    ...(probedServers.length > 0 ? [`Asked: ${probedServers.join(', ')}.`] : []),
    ...(probed ?? []).flatMap(({ flaw }) => (flaw === null ? [] : [`✗ ${flaw}`])),
    "A public address is right outside of the linked networks. This is one machine's view: a wrong private answer is a finding, a right one proves nothing about another network.",
  ];
  return [drawn.toString(), ...notes.map((note) => indented(note, 2, style, 4))].join('\n');
}

/** One line for people who asked for a probe beside something else. */
export function probedLine(name: string, probed: NonNullable<PrintedPath['probed']>): string {
  const kinds = [...new Set(probed.map(({ saw }) => saw))];
  const counts = kinds.map((kind) => `${probed.filter(({ saw }) => saw === kind).length} ${kind}`);
  return visible(`DNS here, ${name}: ${counts.join(', ')}; acr-audit explain path ${name} --probe compares them`);
}
