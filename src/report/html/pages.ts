import { lastPart } from '../../model/ids.ts';
import type { AccessPage, Holder, Principal } from '../../pages/access.ts';
import type { PrintedPath, PrintedStop, RegionReach } from '../../pages/path.ts';
import {
  canWords,
  deniedWords,
  denyLine,
  eligibleLine,
  grantLine,
  holderSections,
  loginLines,
  namelessAccess,
  outOfSight,
  tokenCan,
} from '../access.ts';
import { nobodyPulls } from '../path.ts';
import { missingText } from '../view.ts';
import { steps } from './finding.ts';
import { type Child, html, type Markup, ownWords, tableOf } from './markup.ts';

/** From where the registry can be pulled, and where the way is cut. */
export const reach = (page: PrintedPath): Markup => html`<p>${facts(page)}</p>
${
  page.from.length === 0
    ? html`<p>${nobodyPulls}</p>`
    : tableOf(
        'Who can pull, by the region that serves the layers',
        ['from', ...page.regions],
        page.from.map(({ name, who, regions }) => [
          [name, who.length > 0 ? html`<br><span class="faint">${who.join(', ')}</span>` : null],
          ...regions.map((region) => reachCell(region, page.stops)),
        ]),
      )
}${page.stops.map(stopSection)}
${tableOf(
  'Who else comes',
  ['caller', 'can', 'how'],
  page.callers.map(({ caller, can, how }) => [caller, works[can], how]),
)}${unseen(page.unseen.map(({ facet, ...one }) => ({ what: facet, ...one })))}`;

function facts({ loginServer, regions, publicAccess, endpoints, collectedAt }: PrintedPath): string {
  const access = {
    open: 'public access open',
    selected: 'public access for listed networks',
    disabled: 'public access off',
    unknown: 'public access not known',
  }[publicAccess ?? 'unknown'];
  const ends = endpoints.map(
    ({ name, status, network }) =>
      `endpoint ${name}: ${status ?? 'state not known'}${network ? `, in ${lastPart(network)}` : ''}`,
  );
  return [loginServer ?? 'no login server', regions.join(', '), access, ...ends, `as of ${collectedAt}`].join(' · ');
}

const tag = (kind: 'pass' | 'high' | 'unknown', words: string): Markup =>
  html`<span class="tag ${kind}">${words}</span>`;

const works: Readonly<Record<PrintedPath['callers'][number]['can'], Child>> = {
  yes: tag('pass', 'yes'),
  no: tag('high', 'no'),
  unknown: tag('unknown', 'not known'),
  'by-network': 'as its network',
};

function reachCell({ can, ways, via, stopped }: RegionReach, stops: readonly PrintedStop[]): Child {
  if (can === 'yes') return [tag('pass', 'yes'), ` ${ways.join(' and ')}: ${via.join(', ')}`];
  const number = stops.findIndex(
    (stop) => stop.name === stopped?.name && JSON.stringify(stop.hop) === JSON.stringify(stopped.hop),
  );
  const words = can === 'unknown' ? tag('unknown', 'not known') : tag('high', can);
  return [words, number < 0 ? null : ` see stop ${number + 1}`];
}

const stopWords = { no: 'broken', 'in part': 'works in part', unknown: 'not known' } as const;

const stopSection = (stop: PrintedStop, index: number): Markup => {
  const kind = stop.can === 'unknown' ? 'unknown' : 'high';
  const where = stop.where.map(({ from, regions }) => `${from} (${regions.join(', ')})`).join('; ');
  return html`<details class="finding ${kind}"><summary>${tag(kind, stopWords[stop.can])} stop ${index + 1}: <span class="message">${stop.problem}</span></summary>
<dl><dt>from</dt><dd>${where}</dd><dt>symptom</dt><dd>${ownWords(stop.hop.kind === 'unseen' && stop.hop.missing.length > 0 ? stop.hop.missing.map(missingText).join('; ') : stop.symptom)}</dd>${steps(stop.confirm, stop.fix, null)}</dl></details>
`;
};

/** Who can do what, widest first. */
export const access = (page: AccessPage): Child[] => [
  holderSections(page).map(([title, holders]) => holderTable(title, holders)),
  ...tabled(
    'May activate a role',
    ['who', 'may do when active', 'through'],
    (page.eligible ?? []).map((one) => [
      whoWords(one),
      one.can === null ? 'not known' : canWords(one.can),
      eligibleLine(one),
    ]),
  ),
  ...tabled(
    'Tokens',
    ['token', 'can', 'logs in by'],
    page.tokens.map((one) => [
      `${one.name}${one.enabled === false ? ' (off)' : ''}${one.sync ? ', of a connected registry' : ''}`,
      tokenCan(one),
      loginLines(one).join('; '),
    ]),
  ),
  html`<ul>${namelessAccess(page).map((line) => html`<li>${line}</li>`)}</ul>`,
  page.denies?.length
    ? html`<p>Deny assignments, which win over every role:</p><ul>${page.denies.map((one) => html`<li>${denyLine(one)}</li>`)}</ul>`
    : null,
  unseen(page.unseen),
  html`<p>Not on this page:</p><ul>${outOfSight(page).map((line) => html`<li>${line}</li>`)}</ul>`,
];

const tabled = (title: string, head: readonly string[], rows: readonly (readonly Child[])[]): Child[] =>
  rows.length === 0 ? [] : [tableOf(title, head, rows)];

const whoWords = ({ who, foreign }: Principal): string => `${who}${foreign ? ', of another tenant' : ''}`;

const holderTable = (title: string, list: readonly Holder[]): Child[] =>
  tabled(
    title,
    ['who', 'can', 'through'],
    list.map((one) => [
      whoWords(one),
      [canWords(one.can) || 'nothing', ...one.denied.map(deniedWords)].join('; '),
      html`<ul>${one.grants.map((grant) => html`<li>${grantLine(grant)}</li>`)}</ul>`,
    ]),
  );

const unseen = (list: AccessPage['unseen']): Child =>
  list.length === 0
    ? null
    : html`<p>Not seen:</p><ul>${list.map(({ what, reason, missing }) => html`<li>${[`${what}: ${reason}`, ...missing.map(missingText)].join('; ')}</li>`)}</ul>`;
