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

/** How a member is changed: taken away, made null, or emptied. */
type How = 'missing' | 'null' | 'empty';

interface Tried {
  readonly replay: Replay;
  readonly element: Body;
  readonly hows: readonly How[];
}

/**
 * The first element of a kind, of the first tenant that has one, in every way. Every third kind once more, by the last one
 * there and the first one of the next tenant: what is right of one may be by what stands beside it. All kinds would take
 * twice the time.
 */
function elementsOf(kind: string): readonly Tried[] {
  const [first, second] = replays
    .map((replay) => ({
      replay,
      elements: replay.held.flatMap(({ asked, bodies }) => (kinds[kind]?.test(asked) ? bodies.filter(isBody) : [])),
    }))
    .filter(({ elements }) => elements.length > 0);
  const at = (place: typeof first, index: number, hows: readonly How[]): readonly Tried[] => {
    const element = place?.elements.at(index);
    return place && element ? [{ replay: place.replay, element, hows }] : [];
  };
  const whole = at(first, 0, ['missing', 'null', 'empty']);
  if (!isTwice(kind)) return whole;
  return [
    ...whole,
    ...(first && first.elements.length > 1 ? at(first, -1, ['missing']) : []),
    ...at(second, 0, ['missing']),
  ];
}

// The remainder with the most kinds for which it found something.
const isTwice = (kind: string): boolean => Object.keys(kinds).indexOf(kind) % 3 === 2;

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
function changed(element: Body, way: readonly string[], how: How): (() => void) | null {
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
async function madeBy({ replay, element, hows }: Tried): Promise<readonly Made[]> {
  const base = await replay.collected();
  const before = new Map(judgeAll(base, { checks, profile: 'regulated' }).map((one) => [keyOf(one), one]));
  const made: Made[] = [];
  const tried = new Set<string>();
  for (const way of [...membersIn(element)])
    for (const how of hows) {
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
    const tried = elementsOf(kind);
    expect(tried, 'no tenant here has one').not.toEqual([]);
    const made: Made[] = [];
    for (const one of tried) made.push(...(await madeBy(one)));
    const others = made.filter(({ place }) => !(`${kind}: ${place}` in emptyWhen));
    expect(others.map(({ place, how, turned }) => `${place} ${how}: ${turned}`)).toEqual([]);
    const places = new Set(made.map(({ place }) => `${kind}: ${place}`));
    const named = Object.keys(emptyWhen).filter((one) => one.startsWith(`${kind}: `));
    expect(named, 'what is named as empty and makes a difference').toEqual(named.filter((one) => places.has(one)));
  });
});
