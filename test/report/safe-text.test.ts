import { expect, test } from 'vitest';
import { inAscii, jsonPieces, visible } from '../../src/report/safe-text.ts';

test.each([
  ['plain-name_1.é', 'plain-name_1.é'],
  ['a::b', 'a::b'],
  ['C# and ##', 'C# and ##'],
  ['evil\u001b[2J', 'evil\\u{1b}[2J'],
  ['evil\u202ename', 'evil\\u{202e}name'],
  ['one\ntwo', 'one\\u{a}two'],
  ['::error::pwned', '\\u{3a}:error::pwned'],
  ['name ##vso[task.complete]', 'name \\u{23}#vso[task.complete]'],
  ['##[error]pwned', '\\u{23}#[error]pwned'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test.each([['##vso[task.setvariable variable=x]y'], ['##[group]'], ['a ##VSO[task.complete]'], ['#[x]']])(
  '%s gives a pipeline no command in JSON, and is the same text to every parser',
  (text) => {
    const printed = [...jsonPieces({ name: text, list: [{ [text]: text }] })].join('');
    expect(printed).not.toMatch(/#(\[|vso\[)/i);
    expect(JSON.parse(printed)).toEqual({ name: text, list: [{ [text]: text }] });
  },
);

test.each([
  ['Standard · westeurope', 'Standard - westeurope'],
  ['a → b…', 'a -> b...'],
  ['┌──┬─┐│', '+--+-+|'],
  ['nobody’s “word”', 'nobody\'s "word"'],
  ['équipe 登', '\\u{e9}quipe \\u{767b}'],
])('%s in ASCII is %s', (text, ascii) => expect(inAscii(text)).toBe(ascii));
