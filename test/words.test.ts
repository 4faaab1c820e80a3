import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../src/dev/files.ts';

/** A word that once stood for several things here, and what the field says. */
const instead: { readonly [word: string]: string } = {
  learn: 'observe, collect',
  learns: 'observe, collect',
  learnt: 'observed',
  learner: 'observer',
  hear: 'receive, be told',
  hears: 'receive, be told',
  heard: 'received, announced',
  deaf: 'what it is not told',
  dumb: 'untold',
  room: 'subnet capacity, free addresses, width',
  rooms: 'parts, subnet capacities',
  asker: 'consumer network',
  askers: 'consumer networks',
  rivalry: 'overlapping endpoints',
  rival: 'overlapping endpoint',
  groupless: 'without a zone group',
  standing: 'connection state, what is so already',
  stranger: 'an identity that was not seen',
  strangers: 'identities that were not seen',
  promises: 'guarantees',
};

/** Names of others, and the id of a check, which stays. */
const notOurs =
  /https?:\/\/\S+|Microsoft Learn|node:\S+|[!=]== 'dumb'|private-endpoint-has-room|privateEndpointHasRoom/g;

/** `hearOperation` is the words `hear` and `operation`. */
const wordsOf = (line: string): readonly string[] =>
  (line.replace(notOurs, '').match(/[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());

const refusedIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      wordsOf(line).flatMap((word) =>
        Object.hasOwn(instead, word) ? [`${index + 1}: '${word}': say ${instead[word]}`] : [],
      ),
    );

const files = [
  'README.md',
  ...['src', 'checks', 'docs'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  ),
].filter((file) => /\.(ts|md)$/.test(file));

test.each([
  ['const askerOf = 1;', ["1: 'asker': say consumer network"]],
  ['\n/** What is heard. */', ["2: 'heard': say received, announced"]],
  ["import { setTimeout } from 'node:timers/promises';", []],
  ['source: https://learn.microsoft.com/azure', []],
  ['an AcrPull role', []],
])('%j', (text, expected) => {
  expect(refusedIn(text)).toEqual(expected);
});

test('one word for one thing, in code, comments, messages and pages', () => {
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) =>
    refusedIn(readFileSync(`${root}${file}`, 'utf8')).map((one) => `${file}:${one}`),
  );
  expect(found).toEqual([]);
});
