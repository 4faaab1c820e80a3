import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { root } from '../../src/dev/files.ts';
import { demoTenant } from '../../src/emulator/demo.ts';
import { type Judged, judgeAll } from '../../src/engine/judge-all.ts';
import { emptyWhen, goodTenant, kinds } from './elements.ts';
import { type Replay, replayed, verdictsWhere } from './replay.ts';

/** Every kind that a parser names when it reads an element. */
function kindsInSource(): readonly string[] {
  const folder = `${root}src/collect`;
  const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
  return sources.flatMap((source) =>
    [...source.matchAll(/\bread\(\s*(['`])((?:a|an|the|task)\b.*?)\1/g)].flatMap(([, , kind = '']) =>
      kind === 'a ${kind}' ? ['a container app', 'a container app job', 'a web app', 'a web app slot'] : [kind],
    ),
  );
}

const replays: readonly Replay[] = [
  await replayed(goodTenant),
  await replayed(demoTenant(), { registries: ['contosoprod', 'contosodev', 'contosoedge'] }),
  await replayed(demoTenant(), { managementGroup: 'contoso', registries: ['contosolab'] }),
];

type Body = Record<string, unknown>;
const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null;

/** The first element of a kind, of the first tenant that has one. */
function elementOf(kind: string): { readonly replay: Replay; readonly element: Body } | null {
  for (const replay of replays)
    for (const { asked, bodies } of replay.held)
      for (const element of kinds[kind]?.test(asked) ? bodies : []) if (isBody(element)) return { replay, element };
  return null;
}

/** Every member of an element, at any depth; of a list those of its first item. */
function* membersIn(value: unknown, way: readonly string[] = []): Generator<readonly string[]> {
  if (Array.isArray(value)) yield* membersIn(value[0], [...way, '0']);
  else if (isBody(value))
    for (const [name, inner] of Object.entries(value)) {
      yield [...way, name];
      yield* membersIn(inner, [...way, name]);
    }
}

/** What an element has there is taken away, made null, or emptied; the answer undoes it. */
function changed(element: Body, way: readonly string[], how: 'missing' | 'null' | 'empty'): (() => void) | null {
  const holder = way.slice(0, -1).reduce<unknown>((value, name) => (value as Body)[name], element) as Body;
  const name = way.at(-1) ?? '';
  const was = holder[name];
  const order = Object.entries(holder);
  if (how === 'empty') {
    if (!isBody(was) || Array.isArray(was)) return null;
    holder[name] = {};
  } else if (how === 'null') holder[name] = null;
  else delete holder[name];
  return () => {
    for (const key of Object.keys(holder)) delete holder[key];
    for (const [key, value] of order) holder[key] = value;
  };
}

const keyOf = ({ check, subject }: Judged): string => `${check.id} of ${subject.id}`;
const things = ({ outcome }: Judged): readonly string[] =>
  outcome.verdict === 'fail' ? (outcome.things ?? []).map(({ thing }) => thing) : [];

interface Made {
  readonly place: string;
  readonly how: string;
  readonly turned: string;
}

/** The verdicts that a change made: any but unknown that was not there before, and bad things that were not. */
async function madeBy(replay: Replay, element: Body): Promise<readonly Made[]> {
  const base = await replay.collected();
  const before = new Map(judgeAll(base, { checks, profile: 'regulated' }).map((one) => [keyOf(one), one]));
  const made: Made[] = [];
  const tried = new Set<string>();
  for (const way of [...membersIn(element)])
    for (const how of ['missing', 'null', 'empty'] as const) {
      const undo = changed(element, way, how);
      if (!undo) continue;
      const after = await replay.collected().finally(undo);
      const text = JSON.stringify(after);
      const changes = tried.has(text) ? [] : verdictsWhere(base, after);
      tried.add(text);
      // What nobody reads may be there or not, or anything else.
      if (changes === null) break;
      for (const one of changes) {
        const { verdict } = one.outcome;
        const was = before.get(keyOf(one));
        const same = was?.outcome.verdict === verdict && things(one).every((thing) => things(was).includes(thing));
        if (verdict !== 'unknown' && !same)
          made.push({ place: way.join('.'), how, turned: `${one.check.id} ${was?.outcome.verdict} > ${verdict}` });
      }
    }
  return made;
}

test('every kind that a parser reads has a row, and no row is of a kind that none reads', () => {
  expect(Object.keys(kinds).sort()).toEqual([...new Set(kindsInSource())].sort());
});

describe('what Azure leaves out of an element makes no verdict', () => {
  test.each(Object.keys(kinds))('%s', async (kind) => {
    const found = elementOf(kind);
    if (!found) throw new Error('no tenant here has one');
    const made = await madeBy(found.replay, found.element);
    expect(made.filter(({ place }) => !(`${kind}: ${place}` in emptyWhen))).toEqual([]);
    const places = new Set(made.map(({ place }) => `${kind}: ${place}`));
    const named = Object.keys(emptyWhen).filter((one) => one.startsWith(`${kind}: `));
    expect(named, 'what is named as empty and makes a difference').toEqual(named.filter((one) => places.has(one)));
  });
});
