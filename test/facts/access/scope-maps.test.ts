import { describe, expect, test } from 'vitest';
import { coversRepository, repositoryAction } from '../../../src/facts/access/scope-maps.ts';

test.each([
  ['*', 'team/app', true],
  ['team/app', 'team/app', true],
  ['team/app', 'team/app2', false],
  ['team/*', 'team/app', true],
  ['team/*', 'team/app/base', true],
  ['team/*', 'team/*', true],
  ['team/*', 'team', false],
  ['team/*', 'teams/app', false],
  ['team/app', 'team/*', false],
  ['team/*', '*', false],
])('%s covers %s: %s', (pattern, other, covers) => {
  expect(coversRepository(pattern, other)).toBe(covers);
});

describe('an action of a scope map', () => {
  test.each([
    ['repositories/app/content/read', { repository: 'app', operation: 'content/read' }],
    ['repositories/team/app/Content/Write', { repository: 'team/app', operation: 'content/write' }],
    ['repositories/team/*/metadata/read', { repository: 'team/*', operation: 'metadata/read' }],
    ['gateway/edge/config/read', null],
    ['repositories/app', null],
  ])('%s is on %j', (action, on) => {
    expect(repositoryAction(action)).toEqual(on);
  });
});
