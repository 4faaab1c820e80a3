import { describe, expect, test } from 'vitest';
import { arm, azureWith, errorOf, ownNetwork } from './support.ts';

ownNetwork();

const path = '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01';
const ids = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);

interface Query {
  readonly query: string;
  readonly subscriptions: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Resource Graph as it answers one query after the other; gives what it was asked. */
function graph(...answers: object[]): Query[] {
  const asked: Query[] = [];
  for (const answer of answers) {
    const take = (body: unknown) => {
      asked.push(body as Query);
      return true;
    };
    arm()
      .post(path, take)
      .reply(200, { resultTruncated: 'false', ...answer });
  }
  return asked;
}

describe('Resource Graph', () => {
  test('every page, with the token of the one before', async () => {
    const asked = graph({ data: [{ id: 1 }], $skipToken: 'a', resultTruncated: 'true' }, { data: [{ id: 2 }] });
    expect(await azureWith().graph('resources | project id', ['s'])).toEqual([{ id: 1 }, { id: 2 }]);
    const options = { resultFormat: 'objectArray', $top: 1000 };
    expect(asked.at(-1)?.options).toEqual({ ...options, $skipToken: 'a' });
  });

  test('a hundred subscriptions at a time', async () => {
    const asked = graph({ data: [{ id: 1 }] }, { data: [] }, { data: [{ id: 3 }] });
    expect(await azureWith().graph('resources', ids(201))).toEqual([{ id: 1 }, { id: 3 }]);
    expect(new Set(asked.flatMap(({ subscriptions }) => subscriptions))).toEqual(new Set(ids(201)));
    expect(asked.map(({ subscriptions }) => subscriptions.length).sort()).toEqual([1, 100, 100]);
  });

  test('no subscriptions is no question, where Azure would take it for all of them', async () => {
    expect(await azureWith().graph('resources', [])).toEqual([]);
  });

  test('assignments are asked for with what management groups pass down', async () => {
    const asked = graph({ data: [] });
    await azureWith().graph('authorizationresources | project id', ['s']);
    expect(asked[0]?.options).toMatchObject({ authorizationScopeFilter: 'AtScopeAboveAndBelow' });
  });

  const broken: readonly [string, readonly object[], RegExp][] = [
    ['rows cut off without a way to go on', [{ data: [{}], resultTruncated: 'true' }], /must project id/],
    [
      'a token that comes back',
      [
        { data: [], $skipToken: 'a' },
        { data: [], $skipToken: 'a' },
      ],
      /circle/,
    ],
    ['a token that is no text', [{ data: [{}], $skipToken: 7 }], /\$skipToken is no text/],
    ['the table that was not asked for', [{ data: { columns: [], rows: [] } }], /in the form that was asked/],
  ];
  test.each(broken)('%s', async (_, answers, message) => {
    graph(...answers);
    const error = await errorOf(azureWith().graph('resources', ['s']));
    expect(error.kind).toBe('garbled');
    expect(error.message).toMatch(message);
  });

  test('a refusal keeps its words', async () => {
    arm()
      .post(path)
      .reply(403, { error: { code: 'AccessDenied', message: 'Ask an owner.' } });
    const error = await errorOf(azureWith().graph('resources', ['s']));
    expect(error).toMatchObject({ kind: 'denied', code: 'AccessDenied', message: 'Ask an owner.' });
  });
});
