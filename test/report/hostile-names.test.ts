import { describe, expect, test } from 'vitest';
import { idKey } from '../../src/model/ids.ts';
import type { Report } from '../../src/pages/report.ts';
import { type Format, formats } from '../../src/report/formats.ts';
import { menagerie, rendered } from './support.ts';

/** What whoever may create a resource can call it, or write into a tag, a reason, or a definition of a task. */
const names: Readonly<Record<string, string>> = {
  'terminal escapes': '\u001b[2J\u001b]0;owned\u0007\u009b31m',
  'a script': '<script>alert(1)</script>',
  'an attribute': '"><img src=x onerror=alert(1)>\' onload=x',
  'a column of a table': 'a | b \\| c',
  'line breaks': 'one\ntwo\r\nthree\u2028four',
  'a command of GitHub': '::set-output name=x::y',
  'a command of GitHub on a line of its own': 'x\n::error file=a::b',
  'a command of Azure Pipelines': '##vso[task.setvariable variable=x]y',
  'a mark of Azure Pipelines': '##[error]##[group]x',
  'right-to-left marks': '\u202eevil\u2066\u200f',
  '300 characters': 'x'.repeat(300),
  'a formula': '=HYPERLINK("http://x","y")',
  'a link': '](javascript:alert(1)) [x](http://x) http://x.example',
  'a shell': "'; touch /tmp/owned; $(x) `x` #",
  'a fence': '```\n</details>',
  'an entity': '&lt;b&gt; &#60; ]]>',
  'half a character': 'a\ud800b',
};

/** The report with one name in every place where a name comes from somebody else. */
function named(name: string): Report {
  const report = menagerie();
  const waived = { reason: name, until: '2027-01-01' };
  return {
    ...report,
    tenant: name,
    scopes: report.scopes.map((scope) => ({ ...scope, name })),
    unread: report.unread.map((one) => ({ ...one, what: name, reason: name })),
    subjects: report.subjects.map((subject) => ({
      ...subject,
      name,
      owner: name,
      location: name,
      id: `${subject.id}/${name.replaceAll('/', '_')}`,
      rest: { ...subject.rest, 'not-applicable': { 'premium-sku': name } },
      findings: subject.findings.map((finding, index) => {
        if (finding.verdict !== 'fail') return 'reason' in finding ? { ...finding, reason: name } : finding;
        const thing = { thing: `task/${name}`, words: name, fingerprint: 'aaaaaaaaaaaaaaaa' };
        return {
          ...finding,
          message: name,
          observations: finding.observations.map((one) => ({ ...one, saw: name, words: name })),
          fix: finding.fix.map((step) => (step.kind === 'manual' ? { ...step, text: name } : step)),
          ...(index % 2 === 0 ? { things: [thing, { ...thing, waived }] } : {}),
        };
      }),
    })),
  };
}

const tags = (text: string): string[] =>
  [...text.replace(/<style>[\s\S]*?<\/style>/, '').matchAll(/<\/?([a-zA-Z][\w-]*)/g)].map(([tag]) => tag);

/** Cells as RFC 4180 has them. */
function rowsOf(text: string): string[][] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
    );
}

const lines = (text: string): string[] => text.split('\n').filter(Boolean);
const plain = named('kvacrprod');

/** What a format must keep, whatever the name. */
const holds: { readonly [F in Format]: (text: string, name: string) => void } = {
  table: (text) => expect(text).not.toMatch(/^::/m),
  json: (text, name) => expect((JSON.parse(text) as Report).subjects[0]?.name).toBe(name),
  sarif: (text) =>
    expect(JSON.parse(text).runs.map((run: { results: unknown[] }) => run.results.length)).toEqual(
      JSON.parse(rendered.sarif(plain)).runs.map((run: { results: unknown[] }) => run.results.length),
    ),
  markdown: (text) => {
    // Outside of fences, tables have the columns they had and no markup is new.
    const outside = (of: string) => of.replace(/^(`{3,})sh\n[\s\S]*?\n\1$/gm, '');
    const bars = (of: string) =>
      outside(of)
        .split('\n')
        .map((line) => line.replace(/\\./g, '').split('|').length);
    expect(bars(text)).toEqual(bars(rendered.markdown(plain)));
    const bare = outside(text).replace(/\\./g, '');
    expect(tags(bare)).toEqual(tags(outside(rendered.markdown(plain)).replace(/\\./g, '')));
    expect(bare).not.toMatch(/\]\(|:\/\/x/);
  },
  html: (text) => expect(tags(text)).toEqual(tags(rendered.html(plain))),
  junit: (text) => expect(tags(text)).toEqual(tags(rendered.junit(plain))),
  csv: (text) => {
    const [rows, wanted] = [rowsOf(text), rowsOf(rendered.csv(plain))];
    expect(rows.map((row) => row.length)).toEqual(wanted.map((row) => row.length));
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+@]/);
  },
  github: (text) => {
    expect(lines(text)).toHaveLength(lines(rendered.github(plain)).length);
    for (const line of lines(text)) expect(line).toMatch(/^::(error|warning|notice) title=[^:,]*::(?!:)/);
  },
  'azure-pipelines': (text) => {
    expect(lines(text)).toHaveLength(lines(rendered['azure-pipelines'](plain)).length);
    for (const line of lines(text))
      expect(line).toMatch(/^##vso\[task\.logissue type=\w+;code=[\w-]*\]|^##vso\[task\.logissue type=\w+\]/);
  },
};

describe.each(formats)('%s', (format) => {
  test.each(Object.entries(names))('shows %s and obeys nothing of it', (_, name) => {
    const text = rendered[format](named(name));
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    const commands = format === 'azure-pipelines' ? text.replace(/^##vso\[task\.logissue /gm, '') : text;
    expect(commands).not.toMatch(/##vso\[|##\[/i);
    if (format !== 'github') expect(text).not.toMatch(/^\s*::/m);
    holds[format](text, name);
  });
});

test('the names are in every format: nothing is harmless because it is left out', () => {
  for (const format of formats) expect(idKey(rendered[format](named('zebra-crossing')))).toContain('zebra-crossing');
});
