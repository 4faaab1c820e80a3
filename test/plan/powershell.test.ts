import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import { Language, Parser } from 'web-tree-sitter';
import { checks } from '../../checks/index.ts';
import { root } from '../../src/dev/files.ts';
import { demoTenant } from '../../src/emulator/demo.ts';
import type { TenantDocument } from '../../src/emulator/index.ts';
import { planOf } from '../../src/plan/plan.ts';
import { planPowerShell } from '../../src/report/plan-script.ts';
import { collected } from '../emulated.ts';

let parser: Parser;

beforeAll(async () => {
  const { resolve } = createRequire(import.meta.url);
  await Parser.init({ locateFile: () => resolve('web-tree-sitter/web-tree-sitter.wasm') });
  parser = new Parser().setLanguage(
    await Language.load(resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm')),
  );
});

/** The lines that the grammar of PowerShell does not take. */
function refused(script: string): readonly string[] {
  const tree = parser.parse(script);
  if (!tree) throw new Error('nothing was parsed');
  const lines = script.split('\n');
  const wrong = tree.rootNode
    .descendantsOfType(['ERROR'])
    .concat(tree.rootNode.hasError ? missingIn(tree.rootNode) : [])
    .map((node) => lines[node.startPosition.row] ?? '');
  return tree.rootNode.hasError && wrong.length === 0 ? ['somewhere'] : wrong;
}

type Node = NonNullable<ReturnType<Parser['parse']>>['rootNode'];

const missingIn = (node: Node): readonly Node[] =>
  node.isMissing ? [node] : node.children.filter((child) => child.hasError).flatMap(missingIn);

/** The commands that a script calls, by name. */
const commandsOf = (script: string): readonly string[] =>
  (parser.parse(script)?.rootNode.descendantsOfType('command_name') ?? []).map(({ text }) => text);

const planFor = async (tenant: TenantDocument) =>
  planOf(
    await collected(tenant),
    { checks, profile: 'regulated' },
    { answers: { recovery: 'retention' }, only: [], until: null, onlySafe: false },
  );

const folder = `${root}fixtures/cases/`;
const cases = readdirSync(folder).map(
  (file) =>
    [file, (JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as { tenant: TenantDocument }).tenant] as const,
);

test.each([['demo', demoTenant()] as const, ...cases])('the script for %s is PowerShell', async (_, tenant) => {
  const script = planPowerShell(await planFor(tenant));
  expect(script).toMatch(/^(?:Run|RunOnce|ByHand|# \d+\.) /m);
  expect(refused(script)).toEqual([]);
});

test.each([
  ['a string that does not end', "Run 1 '-' @() @('az, 'acr')"],
  ['a block that does not end', 'function Run([int]$Number) { if ($Apply) { return }'],
  ['a list that does not end', "Run 1 '-' @() @('az', 'acr'"],
  ['a quote of bash', "Run 1 '-' @() @('it'\\''s')"],
])('%s is not', (_, script) => {
  expect(refused(script)).not.toEqual([]);
});

test('a name with quotes of any kind gets out of none', async () => {
  const plan = await planFor(demoTenant());
  const evil = `x'; calc; ' ‘ ’ ‚ ‛ " \u201c \u201d $(id) \`n #> @' \u2028 \n }`;
  const steps = plan.steps.map((step) => ({
    ...step,
    text: evil,
    because: evil,
    words: step.words.map((word) => (word === 'az' ? word : evil)),
  }));
  const script = planPowerShell({ ...plan, steps });
  expect(refused(script)).toEqual([]);
  expect(commandsOf(script)).toEqual(commandsOf(planPowerShell(plan)));
});
