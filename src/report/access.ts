import Table from 'cli-table3';
import type { AccessPage, Holder, TokenHolder } from '../pages/access.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { jsonText, visible } from './safe-text.ts';
import { counted, missingText } from './view.ts';
import { indented, wrap } from './wrap.ts';

export const accessJson = (page: AccessPage): string => jsonText(page);

/** Who can do what, for a terminal: people, workloads, tokens, and what needs no name. Ends in a newline. */
export function renderAccess(page: AccessPage, style: Style): string {
  const paint = paintOf(style.colorLevel);
  const heading = `${paint.strong(`Who can do what to ${visible(page.registry.name)}`)}\n${paint.faint(
    `${visible(`${modeWords(page.mode)} · as of ${page.evaluatedAt}`)}\n${visible(page.registry.id)}`,
  )}`;
  const section = (title: string, body: string): string => `${paint.strong(title)}\n${body}`;
  const holders = (title: string, list: readonly Holder[]): string[] =>
    list.length > 0 ? [section(`${title} (${list.length})`, holderTable(list, style))] : [];
  return `${[
    heading,
    ...(page.people.length + page.workloads.length + page.untold.length === 0
      ? ['No role assignment that we could read gives anybody anything here.']
      : []),
    ...holders('People and groups', page.people),
    ...holders('Workloads', page.workloads),
    ...holders('Principals whose kind Azure does not say', page.untold),
    ...(page.tokens.length > 0 ? [section(`Tokens (${page.tokens.length})`, tokenTable(page.tokens, style))] : []),
    section(
      'Without a role',
      namelessAccess(page)
        .map((line) => indented(`- ${line}`, 2, style, 4))
        .join('\n'),
    ),
    ...(page.powerless.length > 0
      ? [
          section(
            `Roles that give none of these rights (${page.powerless.length})`,
            page.powerless.map((one) => indented(`- ${powerlessWords(one)}`, 2, style, 4)).join('\n'),
          ),
        ]
      : []),
    ...(page.unseen.length > 0
      ? [
          section(
            paint.verdict.unknown(`INCOMPLETE: ${counted(page.unseen.length, 'thing')} could not be seen`),
            page.unseen
              .map(({ what, reason, missing }) =>
                [
                  indented(`${what}: ${reason}`, 2, style),
                  ...missing.map((one) => `    ${visible(missingText(one))}`),
                ].join('\n'),
              )
              .join('\n'),
          ),
        ]
      : []),
    paint.faint(
      indented(
        'Azure Resource Manager tells neither who is in a group nor who may activate a role by Privileged Identity Management.',
        0,
        style,
      ),
    ),
  ].join('\n\n')}\n`;
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

/** Rights by their names, and what takes several words on a line of its own. */
export const canWords = (can: readonly string[]): string =>
  can.reduce((text, one, place) => {
    if (place === 0) return one;
    const isLong = (words = '') => words.replace(/ \(conditional\)$/, '').includes(' ');
    return `${text}${isLong(one) || isLong(can[place - 1]) ? ';\n' : ', '}${one}`;
  }, '');

function holderTable(list: readonly Holder[], style: Style): string {
  return drawn(
    ['who', 'can', 'through'],
    list.map(({ principalId, principalType, name, can, grants }) => [
      [name, principalId, principalType].filter((part) => part !== null).join('\n'),
      canWords(can),
      grants
        .map(
          ({ roleName, where, condition }) =>
            `${roleName} at ${where}${condition === null ? '' : ', under a condition'}`,
        )
        .join('\n'),
    ]),
    style,
  );
}

const tokenTable = (list: readonly TokenHolder[], style: Style): string =>
  drawn(
    ['token', 'can', 'by scope map'],
    list.map(({ name, can, scopeMap, sync }) => [
      name,
      can === null ? 'not known' : canWords(can) || 'nothing with images',
      `${scopeMap ?? 'none'}${sync ? ', of a connected registry' : ''}`,
    ]),
    style,
  );

const idLength = 36;

/** Three columns: an object id fits into the first, the others share the rest of the width. Long cells are wrapped. */
function drawn(head: readonly string[], rows: readonly (readonly string[])[], { width }: Style): string {
  const share = Math.max(20, Math.floor((width - idLength - 10) / 2));
  const table = new Table({ head: [...head], style: { head: [], border: [] } });
  const wrapped = (cell: string, width: number) => cell.split('\n').flatMap((line) => wrap(line, width));
  for (const row of rows)
    table.push(row.map((cell, column) => wrapped(cell, column === 0 ? idLength : share).join('\n')));
  return table.toString();
}
