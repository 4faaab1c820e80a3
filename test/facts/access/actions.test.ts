import { expect, test } from 'vitest';
import { matchesAction } from '../../../src/facts/access/actions.ts';

const table: [string, string, boolean][] = [
  ['*', 'Microsoft.X/registries/pull/read', true],
  ['*/read', 'Microsoft.X/registries/pull/read', true],
  ['microsoft.x/*/READ', 'Microsoft.X/registries/pull/read', true],
  ['Microsoft.X/*/pull/*', 'Microsoft.X/registries/pull/read', true],
  ['Microsoft.X/registries/*', 'Microsoft.X/registries/read', true],
  ['Microsoft.X/registries/*/read', 'Microsoft.X/registries/read', false],
  ['Microsoft.X/registries/read', 'Microsoft.X/registries/read/more', false],
  ['Microsoft.Y/*', 'Microsoft.X/registries/read', false],
  ['', 'Microsoft.X/registries/read', false],
];

test.each(table)('%s names %s: %s', (pattern, action, named) => expect(matchesAction(pattern, action)).toBe(named));
