import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { checkPage as docsPage } from '../../src/dev/check-page.ts';
import { reportCheck } from '../../src/engine/describe.ts';
import { renderCheckList } from '../../src/report/check-list.ts';
import { renderCheck } from '../../src/report/check-page.ts';
import { menagerie, rendered } from './support.ts';

const style = { colorLevel: 0, width: 100 } as const;
const mapped = checks.filter(({ frameworks }) => frameworks !== undefined);
const all = checks.map((check) => reportCheck(check, { registrySuffix: 'azurecr.io' }));

/** A report in which every check with framework ids fails once. */
const failing = (() => {
  const report = menagerie();
  const [subject] = report.subjects;
  const failed = subject?.findings.find(({ verdict }) => verdict === 'fail');
  if (!subject || !failed) throw new Error('the menagerie has no failure');
  const findings = mapped.map(({ id }) => ({ ...failed, check: id, fingerprint: id }));
  return { ...report, checks: all, subjects: [{ ...subject, findings }] };
})();

/** The ids of `NIST AC-4, SC-7`, which may share a tag. */
const idsIn = (tag: string): readonly string[] => {
  const [, framework = '', controls = ''] = /^(MCSB v1|MCSB|CIS Azure|NIST|ISO 27001) (.+)$/.exec(tag) ?? [];
  return controls.split(', ').map((control) => `${framework} ${control}`);
};

const outputs: readonly (readonly [string, (id: string) => string | readonly string[]])[] = [
  ['checks, as JSON', (id) => only(JSON.parse(renderCheckList(all, 'json', style)), id).frameworks],
  ['checks, as Markdown', (id) => lineOf(renderCheckList(all, 'markdown', style), `| ${id} |`)],
  [
    'checks, as a table',
    (id) =>
      renderCheckList(
        all.filter((one) => one.id === id),
        'table',
        { ...style, width: 100 },
      ).replaceAll(/\s+/g, ' '),
  ],
  // Its lines are wrapped between words.
  [
    'explain, in a terminal',
    (id) => renderCheck(only([...all], id), [], { ...style, width: 200 }).replaceAll(/\s+/g, ' '),
  ],
  ['the page of the check', (id) => docsPage(checks.find((one) => one.id === id) ?? fail(id))],
  ['a report, as JSON', (id) => only(JSON.parse(rendered.json(failing)).checks, id).frameworks],
  ['a report, as CSV', (id) => lineOf(rendered.csv(failing), `,${id},`)],
  ['a report, as HTML', () => rendered.html(failing)],
  [
    'tags of SARIF',
    (id) =>
      only(JSON.parse(rendered.sarif(failing)).runs[0].tool.driver.rules, id).properties.tags.flatMap((tag: string) => [
        tag,
        ...idsIn(tag),
      ]),
  ],
];

// biome-ignore lint/suspicious/noExplicitAny: what a program finds in the output, whatever it looks for
const only = (list: any[], id: string): any => list.find((one) => one.id === id) ?? fail(id);
const lineOf = (text: string, part: string): string =>
  text.split('\n').find((line) => line.includes(part)) ?? fail(part);
const fail = (what: string): never => {
  throw new Error(`${what} is not there`);
};

describe.each(outputs)('%s', (_, holds) => {
  test.each(mapped.map(({ id, frameworks = [] }) => [id, frameworks] as const))('%s', (id, frameworks) => {
    const held = holds(id);
    expect(frameworks.filter((one: string) => !held.includes(one))).toEqual([]);
  });
});

test('GitHub keeps ten tags of a rule', () => {
  for (const { properties } of JSON.parse(rendered.sarif(failing)).runs[0].tool.driver.rules)
    expect(properties.tags.length).toBeLessThanOrEqual(10);
});
