import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checks } from '../checks/index.ts';
import { pathIn } from '../src/cli/pages.ts';
import { root } from '../src/dev/files.ts';
import type { TenantDocument } from '../src/emulator/index.ts';
import { textOf } from '../src/engine/describe.ts';
import { evaluate } from '../src/engine/evaluate.ts';
import type { Snapshot } from '../src/model/snapshot.ts';
import type { Finding } from '../src/pages/report.ts';
import { collected, usualFacets } from './emulated.ts';

/** What somebody reported in public, as the smallest tenant that has that state, and what a good answer says of it. */
interface Case {
  readonly case: string;
  readonly registry: string;
  readonly suffered: string;
  readonly tenant: TenantDocument;
  readonly expect: readonly {
    readonly check?: string;
    readonly some?: readonly string[];
    readonly verdict?: string;
    readonly not?: readonly string[];
    readonly scope?: 'subscription';
  }[];
  /** `where` is a check or `explain path`; `text` a regular expression with its flags. */
  readonly mustSay: readonly Said[];
  readonly mustNotSay: readonly Said[];
}

interface Said {
  readonly where: string;
  readonly text: string;
}

const folder = `${root}fixtures/cases/`;
const cases = readdirSync(folder).map((file) => JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as Case);
/** The page of the paths of a registry, with its steps as they are printed. */
function pathOf(snapshot: Snapshot, name: string): string {
  const entry = snapshot.registries.find((one) => one.name === name);
  const page = entry ? pathIn(snapshot, entry) : null;
  return [JSON.stringify(page), ...(page?.stops ?? []).flatMap(({ fix }) => fix.map(textOf))].join('\n');
}

/** What a reader is told: the finding, and where it fails the page of the check. */
function toldOf(check: string, finding: Finding | undefined, withPage: boolean): string {
  const { symptom, cause, why, fix } = checks.find(({ id }) => id === check) ?? {};
  const page = withPage && finding?.verdict === 'fail' ? [symptom, cause, why, fix?.breaks] : [];
  return [JSON.stringify(finding), ...page].join('\n');
}

const pattern = (text: string): RegExp => {
  const [, source = '', flags] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  return new RegExp(source, flags);
};

describe.each(cases)('$case: $suffered', (one) => {
  const snapshot = collected(one.tenant, usualFacets);
  const report = snapshot.then((seen) => evaluate(seen, { checks, profile: 'regulated', full: true }));
  const findingOf = async (check: string, scope?: 'subscription'): Promise<Finding | undefined> =>
    (await report).subjects
      .filter(({ kind, name }) => (scope ? kind === scope : kind === 'registry' && name === one.registry))
      .flatMap(({ findings }) => findings)
      .find((finding) => finding.check === check);
  const told = async (where: string, withPage: boolean): Promise<string> =>
    where === 'explain path' ? pathOf(await snapshot, one.registry) : toldOf(where, await findingOf(where), withPage);

  test.each(one.expect)('%j', async ({ check, some = [], verdict, not = [], scope }) => {
    const findings = await Promise.all(
      [...(check === undefined ? [] : [check]), ...some].map(async (id) => [id, await findingOf(id, scope)] as const),
    );
    expect(findings).not.toEqual([]);
    for (const [id, finding] of findings) expect(finding, `${id} gave no verdict`).toBeDefined();
    const verdicts = findings.map(([, finding]) => finding?.verdict);
    if (verdict !== undefined) expect(verdicts, JSON.stringify(findings)).toContain(verdict);
    for (const wrong of not) expect(verdicts).not.toContain(wrong);
  });

  test('says what has to be said, and nothing that is wrong', async () => {
    for (const { where, text } of one.mustSay) expect(await told(where, true)).toMatch(pattern(text));
    for (const { where, text } of one.mustNotSay) expect(await told(where, false)).not.toMatch(pattern(text));
  });
});
