import Table from 'cli-table3';
import type { AccessPage, DeniedRight, Eligible, Holder, Principal, ShownDeny, TokenHolder } from '../pages/access.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { jsonText, visible } from './safe-text.ts';
import { counted, missingText } from './view.ts';
import { columnsOf, indented, wrap } from './wrap.ts';

export const accessJson = (page: AccessPage): string => jsonText(page);

/** Who can do what, for a terminal: people, workloads, tokens, and what needs no name. Ends in a newline. */
export function renderAccess(page: AccessPage, style: Style): string {
  const paint = paintOf(style.colorLevel);
  const heading = `${paint.strong(`Who can do what to ${visible(page.registry.name)}`)}\n${paint.faint(
    `${indented(`${modeWords(page.mode)} · as of ${page.evaluatedAt}`, 0, style)}\n${visible(page.registry.id)}`,
  )}`;
  const section = (title: string, body: string): string => `${paint.strong(title)}\n${body}`;
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [section(title, lines.map((line) => indented(`- ${line}`, 2, style, 4)).join('\n'))] : [];
  const table = <T>(title: string, items: readonly T[], body: (items: readonly T[]) => string): string[] =>
    items.length > 0 ? [section(`${title} (${items.length})`, body(items))] : [];
  return `${[
    heading,
    ...(holderSections(page).every(([, holders]) => holders.length === 0)
      ? ['No role assignment that we could read gives anybody anything here.']
      : []),
    ...holderSections(page).flatMap(([title, holders]) => table(title, holders, (of) => holderTable(of, style))),
    ...table('May activate a role', page.eligible ?? [], (of) => eligibleTable(of, style)),
    ...table('Tokens', page.tokens, (of) => tokenTable(of, style)),
    ...list('Without a role', namelessAccess(page)),
    ...list('Deny assignments, which win over every role', (page.denies ?? []).map(denyLine)),
    ...list(`Roles that give none of these rights (${page.powerless.length})`, page.powerless.map(powerlessWords)),
    ...(page.unseen.length > 0
      ? [
          section(
            paint.verdict.unknown(`INCOMPLETE: ${counted(page.unseen.length, 'thing')} could not be seen`),
            page.unseen
              .map(({ what, reason, missing }) =>
                [
                  indented(`${unseenWords(what)}: ${reason}`, 2, style),
                  ...missing.map((one) => `    ${visible(missingText(one))}`),
                ].join('\n'),
              )
              .join('\n'),
          ),
        ]
      : []),
    ...list('Not on this page', outOfSight(page)),
  ].join('\n\n')}\n`;
}

/** The principals of the page, under what they are. */
export const holderSections = (page: AccessPage): readonly (readonly [title: string, holders: readonly Holder[]])[] => [
  ['People', page.people],
  ['Groups', page.groups],
  ['Workloads', page.workloads],
  ['Principals that are none of these, or of which Azure does not say what they are', page.untold],
];

/** What may give somebody access and is not to be seen here. */
export function outOfSight({ eligible, denies, unseen }: AccessPage): string[] {
  const isUnseen = (facet: string) => unseen.some(({ what }) => what === facet);
  return [
    'Who is in a group: Azure Resource Manager does not tell.',
    'Azure Lighthouse delegations, by which another tenant may hold roles here: az managedservices assignment list tells.',
    ...(denies === null ? ['Deny assignments: what one takes away stands above as held.'] : []),
    ...(eligible === null && !isUnseen('eligibleRoles')
      ? ['Who may activate a role by Privileged Identity Management: acr-audit explain access asks it of Azure itself.']
      : []),
  ];
}

const modeWords = (mode: string | null): string =>
  ({
    LegacyRegistryPermissions: 'permissions by registry: every role reaches every repository',
    AbacRepositoryPermissions: 'permissions by repository (ABAC)',
  })[mode ?? ''] ?? 'permission mode not known: what depends on it is conditional';

const powerlessWords = ({ who, grants }: Holder): string =>
  `${who}: ${grants.map(({ roleName, where }) => `${roleName} at ${where}`).join(', ')}`;

/** What needs no role, in words. */
export function namelessAccess({ adminAccount, anonymousPull }: AccessPage): string[] {
  const state = (on: boolean | null, yes: string, no: string, what: string): string =>
    on === null ? `Azure's answer does not say whether ${what}.` : on ? yes : no;
  return [
    state(
      adminAccount,
      'The admin account is on: whoever has its password pulls, pushes and deletes everything.',
      'The admin account is off.',
      'the admin account is on',
    ),
    state(
      anonymousPull,
      'Anybody who reaches the registry pulls everything without logging in.',
      'Nobody pulls without logging in.',
      'anybody pulls without logging in',
    ),
  ];
}

/** `role assignments` of the facet roleAssignments; what is no name of a facet as it stands. */
const unseenWords = (what: string): string =>
  /^[a-z]+(?:[A-Z][a-z]+)*$/.test(what) ? what.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : what;

/** Rights by their names, and what takes several words on a line of its own. */
export const canWords = (can: readonly string[]): string =>
  can.reduce((text, one, place) => {
    if (place === 0) return one;
    const isLong = (words = '') => words.replace(/ \(conditional\)$/, '').includes(' ');
    return `${text}${isLong(one) || isLong(can[place - 1]) ? ';\n' : ', '}${one}`;
  }, '');

const holderTable = (holders: readonly Holder[], style: Style): string =>
  drawn(
    ['can', 'through'],
    holders.map((one) => ({
      of: principalLine(one),
      cells: [
        [canWords(one.can) || 'nothing', ...one.denied.map(deniedWords)].join('\n'),
        one.grants.map(grantLine).join('\n'),
      ],
    })),
    style,
  );

const eligibleTable = (eligible: readonly Eligible[], style: Style): string =>
  drawn(
    ['may do when active', 'through'],
    eligible.map((one) => ({
      of: principalLine(one),
      cells: [one.can === null ? 'not known' : canWords(one.can), eligibleLine(one)],
    })),
    style,
  );

const tokenTable = (tokens: readonly TokenHolder[], style: Style): string =>
  drawn(
    ['can', 'logs in by'],
    tokens.map((one) => ({ of: tokenLine(one), cells: [tokenCan(one), loginLines(one).join('\n')] })),
    style,
  );

/** `identity ci · 6f1c… · ServicePrincipal`. */
const principalLine = ({ name, principalId, principalType, foreign }: Principal): string =>
  [
    ...(name === null ? [] : [name]),
    principalId,
    ...(foreign
      ? ['group of another tenant']
      : principalType === null
        ? []
        : [kindWords[principalType] ?? principalType]),
  ].join(' · ');

const kindWords: Readonly<Record<string, string>> = {
  User: 'user',
  Group: 'group',
  ServicePrincipal: 'service principal',
};

/** By which role at which scope. */
export const grantLine = ({
  roleName,
  where,
  condition,
}: {
  readonly roleName: string | null;
  readonly where: string;
  readonly condition: string | null;
}): string =>
  `${roleName ?? 'a role that could not be read'} at ${where}${condition === null ? '' : ', under a condition'}`;

export const eligibleLine = (one: Eligible): string =>
  `${grantLine(one)}${one.until === null ? '' : `, until ${one.until.slice(0, 10)}`}`;

/** What a deny assignment takes of what roles give. */
export const deniedWords = ({ what, by, doubt }: DeniedRight): string =>
  `${doubt === null ? 'denied' : 'may be denied'}: ${what}, by ${by.join(' and ')}${doubt === null ? '' : ` (${doubt})`}`;

/** One deny assignment in a line. */
export function denyLine({ name, where, onlyAtScope, denies, spares, whom, excluded, doubt }: ShownDeny): string {
  const but = (words: string, list: readonly string[]) => (list.length > 0 ? `, ${words} ${list.join(', ')}` : '');
  return [
    `${name} at ${where}${onlyAtScope ? ' alone, not below it' : ''}`,
    `denies ${denies.join(', ')}${but('but not', spares)}`,
    `to ${whom.join(', ')}${but('but not', excluded)}${doubt === null ? '' : `; perhaps: ${doubt}`}`,
  ].join(' ');
}

const tokenLine = ({ name, enabled, sync }: TokenHolder): string =>
  [
    name,
    ...(enabled === false ? ['off'] : enabled === null ? ['on or off: Azure does not say'] : []),
    ...(sync ? ['of a connected registry'] : []),
  ].join(' · ');

export const tokenCan = ({ can, scopeMap }: TokenHolder): string =>
  `${can === null ? 'not known' : canWords(can) || 'nothing with images'}\nby ${scopeMap === null ? 'no scope map' : `scope map ${scopeMap}`}`;

/** What the passwords and certificates of a token are worth. */
export const loginLines = ({ logins }: TokenHolder): readonly string[] =>
  logins.length === 0
    ? ['nothing: it has no password']
    : logins.map(({ kind, name, worth, expiry }) => {
        const day = visible(expiry ?? '').slice(0, 10);
        const words = {
          endless: 'never expires',
          dated: `expires ${day}`,
          expired: `expired ${day}`,
          untold: 'ends when is not known',
        }[worth];
        return `${kind === name || kind === 'password' ? name : `${kind} ${name}`}: ${words}`;
      });

interface Row {
  /** Whose row it is: a line over both cells, as an object id is long. */
  readonly of: string;
  readonly cells: readonly [string, string];
}

/** Two columns that share the width. Long cells are wrapped. */
function drawn(head: readonly [string, string], rows: readonly Row[], style: Style): string {
  const share = Math.floor((columnsOf(style) - 7) / 2);
  const table = new Table({ head: [...head], colWidths: [share + 2, share + 2], style: { head: [], border: [] } });
  const wrapped = (text: string, width: number) =>
    text
      .split('\n')
      .flatMap((line) => wrap(line, width))
      .join('\n');
  for (const { of, cells } of rows)
    table.push(
      [{ colSpan: 2, content: wrapped(of, 2 * share + 3) }],
      cells.map((cell) => wrapped(cell, share)),
    );
  return table.toString();
}
