import { expect, test } from 'vitest';
import { visible } from '../../src/report/safe-text.ts';

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
