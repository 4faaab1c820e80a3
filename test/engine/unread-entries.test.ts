import { describe, expect, test } from 'vitest';
import { judge } from '../../src/engine/judge.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import { defineCheck } from '../../src/model/check.ts';
import { type Evidence, observed } from '../../src/model/evidence.ts';
import { fail, notApplicable, pass, passByOne, unseen } from '../../src/model/outcome.ts';
import { bad, good, unclear, verdictOn } from '../../src/model/parts.ts';
import { segment } from '../../src/model/pointer.ts';

const base = {
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
} as const;

/** Every lock must be called good: one bad lock is enough for a fail. */
const every = defineCheck({
  ...base,
  id: 'every',
  needs: ['locks'],
  evaluate: ({ locks }) =>
    verdictOn(
      locks.map(({ name }, index) => {
        const seen = { at: `locks/${index}/name`, saw: name } as const;
        return name === 'good' ? good(`lock/${name}`, seen) : bad(`lock/${name}`, seen, 'it is not good');
      }),
      'there is no lock',
    ),
});

/** One good lock is enough: a fail rests on there being none. */
const some = defineCheck({
  ...base,
  id: 'some',
  needs: ['locks'],
  evaluate: ({ locks }) => {
    const at = locks.findIndex(({ name }) => name === 'good');
    return at >= 0 ? passByOne({ at: `locks/${at}/name`, saw: 'good' }) : fail({ at: 'locks', saw: locks });
  },
});

/** Zones are handed over as evidence, and a list inside them is evidence of its own. */
const nested = defineCheck({
  ...base,
  id: 'nested',
  needs: ['privateDns'],
  evaluate: ({ privateDns: { zones } }) => {
    const [zone] = zones;
    if (!zone) return notApplicable('there is no zone');
    return zone.links.state === 'observed'
      ? pass({ at: 'privateDns/zones/0/links', saw: zone.links })
      : { verdict: 'unknown', unseen: 'unread', reason: zone.links.reason, missing: [] };
  },
});

/** Each zone must hold a record; what it cites is the record, or its absence from the list. */
const recorded = (wanted = 'contoso') =>
  defineCheck({
    ...base,
    id: 'recorded',
    needs: ['privateDns'],
    evaluate: ({ privateDns: { zones } }) =>
      verdictOn(
        zones.map(({ name, records }, index) => {
          const list = `privateDns/zones/${index}/records/value` as const;
          if (records.state !== 'observed') return unclear(`zone/${name}`, unseen(records));
          const [first] = records.value;
          return first?.ips.length === 0
            ? bad(`zone/${name}`, { at: `${list}/0/ips`, saw: first.ips }, 'its record is empty')
            : first
              ? good(`zone/${name}`, { at: `${list}/0/ips`, saw: first.ips })
              : bad(`zone/${name}`, { at: `${list}/${wanted}`, saw: null }, 'it has no record');
        }),
        'there is no zone',
      ),
  });

/** Cites the first of a list that has a name. */
const byName = defineCheck({
  ...base,
  id: 'by-name',
  needs: ['locks'],
  evaluate: (facts) => {
    const { byName: lists } = facts.locks as unknown as { byName: Record<string, Evidence<readonly unknown[]>> };
    const list = `locks/byName/${segment('a/b~c')}` as const;
    const its = lists['a/b~c'];
    if (its?.state !== 'observed') return verdictOn(its ? [unclear('lock/it', unseen(its))] : [], 'there is none');
    const [first] = its.value;
    const at = `${list}/value/${first ? 0 : 'good'}` as const;
    return verdictOn([bad('lock/it', { at, saw: first ?? null }, 'it is bad')], 'there is none');
  },
});

/** A lock that nobody calls good is bad for want of a good one. */
const enough = defineCheck({
  ...base,
  id: 'enough',
  needs: ['locks'],
  evaluate: ({ locks }) => {
    const at = locks.findIndex(({ name }) => name === 'good');
    const seen = { at: `locks/${Math.max(at, 0)}/name`, saw: locks[Math.max(at, 0)]?.name } as const;
    return verdictOn([at >= 0 ? good('lock/any', seen) : bad('lock/any', seen, 'none is good')], 'none', {
      oneIsEnough: true,
    });
  },
});

const lock = (name: string) => ({ id: `/locks/${name}`, name, scope: '/', level: null });
const odd = [{ entry: '/locks/odd', reason: 'its level is 7' }];
const context = { now: '', cloud: {}, outOfReach: () => [], partnerRegistries: [], purposes: [] } as never;
const judged = (check: AnyCheck, evidence: Evidence<unknown>) => judge(check, () => evidence, context);

describe('a list with an entry that could not be read', () => {
  test.each<[string, AnyCheck, readonly string[], string]>([
    ['never passes where each must be good', every, ['good'], 'unknown'],
    ['is not an empty list', every, [], 'unknown'],
    ['fails by the bad one that was seen', every, ['good', 'bad'], 'fail'],
    ['never fails because none is there', some, ['bad'], 'unknown'],
    ['passes by the good one that was seen where one is enough', some, ['good'], 'pass'],
    ['passes by it over parts too', enough, ['bad', 'good'], 'pass'],
    ['never fails for want of a good one, though it names a bad one', enough, ['bad'], 'unknown'],
  ])('%s', (_, check, names, verdict) => {
    const outcome = judged(check, observed(names.map(lock), [], odd));
    expect(outcome.verdict).toBe(verdict);
    if (outcome.verdict === 'unknown')
      expect(outcome).toMatchObject({
        unseen: 'unread',
        reason: expect.stringContaining('/locks/odd: its level is 7'),
      });
  });

  test('is judged as it is where every entry could be read', () => {
    expect(judged(every, observed([lock('good')])).verdict).toBe('pass');
    expect(judged(some, observed([lock('bad')])).verdict).toBe('fail');
  });

  test('inside of evidence is unread evidence there, and the rest is seen', () => {
    const zone = { id: '/zone', name: 'z', records: observed([], [], odd), links: observed([]) };
    const dns = (links: Evidence<readonly unknown[]>) => observed({ zones: [{ ...zone, links }], searched: [] });
    expect(judged(nested, dns(observed([])))).toMatchObject({ verdict: 'pass' });
    expect(judged(nested, dns(observed([], [], odd)))).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringContaining('an entry could not be read'),
    });
  });

  describe('inside of evidence', () => {
    const zones = (...records: Evidence<readonly unknown[]>[]) =>
      observed({ zones: records.map((own, index) => ({ name: `z${index}`, records: own })), searched: [] });
    const record = (...ips: string[]) => ({ name: 'contoso', ips });
    const named = (list: Evidence<readonly unknown[]>) => observed({ byName: { 'a/b~c': list, 'a/b': observed([]) } });
    test.each<[string, Evidence<readonly unknown[]>, string]>([
      ['changes nothing for the bad one that was seen', observed([lock('bad')], [], odd), 'fail'],
      ['may be what the list lacks', observed([], [], odd), 'unknown'],
    ])('whose name holds / and ~, it %s', (_, list, verdict) => {
      expect(judged(byName, named(list)).verdict).toBe(verdict);
    });
    test.each<[string, readonly Evidence<readonly unknown[]>[], string, string?]>([
      ['may be what the list lacks', [observed([], [], odd)], 'unknown'],
      ['changes nothing for the bad one that was seen', [observed([record()], [], odd)], 'fail'],
      ['changes nothing for another list', [observed([record('10.0.0.4')], [], odd), observed([])], 'fail'],
      ['may be what the list lacks, whose name is a number', [observed([], [], odd)], 'unknown', '31337'],
      ['may be bad beside a good one', [observed([record('10.0.0.4')], [], odd)], 'unknown'],
    ])('%s', (_, records, verdict, wanted) => {
      expect(judged(recorded(wanted), zones(...records)).verdict).toBe(verdict);
    });
  });
});
