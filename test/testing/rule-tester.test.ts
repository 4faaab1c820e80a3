import { describe, expect, test } from 'vitest';
import { type AnyCheck, defineCheck } from '../../src/model/check.ts';
import { observed } from '../../src/model/evidence.ts';
import type { Facets } from '../../src/model/facets.ts';
import { pass } from '../../src/model/outcome.ts';
import type { KnownFacts } from '../../src/model/step.ts';
import { passesWithout } from '../../src/testing/left-out.ts';
import { names } from '../../src/testing/removals.ts';
import { acr } from '../support.ts';

type Read = Pick<Facets, 'registry' | 'privateDns'>;

/** A check that passes whatever it has read. */
const passing = (read: (facts: Read) => unknown): AnyCheck =>
  defineCheck({
    id: 'passing',
    title: 't',
    problem: 'p',
    severity: 'low',
    profile: 'recommended',
    profileReason: 'r',
    since: '1.0',
    area: 'governance',
    why: 'w',
    symptom: 's',
    cause: 'c',
    confirm: ['az acr show'],
    fix: { steps: [], breaks: 'nothing' },
    refs: [],
    needs: ['registry', 'privateDns'],
    evaluate: (facts) => {
      read(facts);
      return pass({ at: 'registry/name', saw: facts.registry.name });
    },
  });

const zone = { id: '/zone', name: 'z', records: observed([]), aliases: observed([]), links: observed([]) };
const facts: KnownFacts = {
  registry: acr({ anonymousPullEnabled: false, tags: { 'team/owner~': 'Enabled' } }),
  privateDns: { zones: [zone], rulesets: [], searched: [] },
};

describe('a pass is tried without everything that was read', () => {
  test.each<[string, (facts: Read) => unknown, readonly string[]]>([
    [
      'a property that Azure may leave out',
      ({ registry }) => registry.anonymousPullEnabled,
      ['registry/anonymousPullEnabled'],
    ],
    ['evidence inside of a facet', ({ privateDns }) => privateDns.zones[0]?.links, ['privateDns/zones/*/links']],
    [
      'a value under a name that holds / and ~',
      ({ registry }) => registry.tags['team/owner~'],
      ['registry/tags/team~1owner~0'],
    ],
    ['nothing', () => null, []],
  ])('%s', (_, read, without) => {
    expect(passesWithout(passing(read), facts)).toEqual(without);
  });
});

describe('a pattern of what is irrelevant', () => {
  test.each<[string, string, boolean]>([
    ['tokens/*/expiry', 'tokens/*/expiry', true],
    ['tokens/*', 'tokens/*/expiry', false],
    ['tokens/**', 'tokens/*/passwords/*/expiry', true],
    ['**/expiry', 'tokens/*/passwords/*/expiry', true],
    ['tokens/**/expiry', 'tokens/*/passwords/*/name', false],
    ['registry/tags/*', 'registry/tags/team~1owner~0', true],
    ['registry/tags/team~1owner~0', 'registry/tags/team~1owner~0', true],
    ['registry/tags/a.c', 'registry/tags/abc', false],
  ])('%s of %s: %s', (pattern, at, does) => {
    expect(names(pattern, at)).toBe(does);
  });
});
