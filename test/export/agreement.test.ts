import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { clouds } from '../../src/azure/clouds.ts';
import { parseRegistry, registryApiVersions } from '../../src/collect/registry.ts';
import { asWritten, propertiesOf } from '../../src/export/condition.ts';
import { type Form, flaggedBy, formOf } from '../../src/export/forms.ts';
import type { Property } from '../../src/export/properties.ts';
import type { AnyCheck, OptionSpec } from '../../src/model/check.ts';
import { notCollected } from '../../src/model/evidence.ts';
import { type Body, bodies, changed } from './bodies.ts';
import { holds, type Said, said } from './interpret.ts';

const exported = checks.flatMap((check) => {
  const form = formOf(check);
  return form === null ? [] : [{ id: check.id, check, form }];
});

/** The verdict of the check on the registry; whatever else it asks for was read and is empty, or was not collected. */
function judged(check: AnyCheck, body: Body['body']): Said {
  const options = Object.entries(check.options ?? {}) as [string, OptionSpec][];
  const facts: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(
      [...(check.evidence ?? []), ...(check.words ?? [])].map((facet: string) => [
        facet,
        notCollected('not asked for'),
      ]),
    ),
    exportPipelines: [],
    registry: parseRegistry(body, registryApiVersions[0]),
  };
  return check.evaluate(facts as never, {
    now: '2026-11-20T09:00:00Z',
    cloud: clouds.public,
    subject: String(body['id']),
    partnerRegistries: [],
    purposes: [],
    options: Object.fromEntries(options.map(([name, spec]) => [name, spec.default])),
  }).verdict as Said;
}

/** What a property may hold besides nothing: a value of another type is read as absent, and no engine sees one. */
function valuesOf({ arm, byDefault }: Property): readonly unknown[] {
  if (arm.endsWith('networkRuleSet')) return [{}];
  if (typeof byDefault === 'boolean') return [true, false];
  if (typeof byDefault === 'number') return [0, 1, 30, 31, 400];
  return [
    'Premium',
    'Standard',
    'basic',
    'Classic',
    'Enabled',
    'disabled',
    'Allow',
    'DENY',
    'None',
    'AzureServices',
  ].concat([
    'AbacRepositoryPermissions',
    'LegacyRegistryPermissions',
    'Sometimes',
    'West Europe',
    'westus',
    'elsewhere',
  ]);
}

/** Each property that decides taken away, and set to each value that decides anywhere and to some that nobody knows. */
function variants({ from, body }: Body, form: Form): readonly Body[] {
  const seen = new Set(conditionsOf(form).flatMap(propertiesOf));
  return [...seen].flatMap((property) =>
    [undefined, null, ...valuesOf(property)].map((value) => ({
      from: `${from} with ${property.arm} ${JSON.stringify(value)}`,
      body: changed(body, property.arm.split('.'), value),
    })),
  );
}

/** Bodies that differ in what decides, without those that no parser takes: no verdict rests on them. */
function distinct(given: readonly Body[]): readonly Body[] {
  const seen = new Map<string, Body>();
  for (const one of given) {
    const decides = allProperties.map(({ arm }) =>
      arm.split('.').reduce<unknown>((value, key) => (value as Body['body'] | null)?.[key] ?? null, one.body),
    );
    const key = JSON.stringify(decides);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()].filter(({ body }) => {
    try {
      return parseRegistry(body, registryApiVersions[0]) !== null;
    } catch {
      return false;
    }
  });
}

const conditionsOf = ({ besides, fails, passes }: Form) => [fails, passes, ...(besides ? [besides] : [])];
const allProperties = [...new Set(exported.flatMap(({ form }) => conditionsOf(form).flatMap(propertiesOf)))];
const all = distinct(bodies());

/** The changes are tried on a registry of each SKU. */
const bases = ['Premium', 'Standard', 'Basic'].flatMap(
  (name) => all.find(({ body }) => (body['sku'] as { name?: string } | undefined)?.name === name) ?? [],
);

/** What is tried on each check, with the verdict of the check itself. */
const triedOn = new Map(
  exported.map(({ id, check, form }) => [
    id,
    distinct([...all, ...bases.flatMap((one) => variants(one, form))]).map((one) => ({
      ...one,
      verdict: judged(check, one.body),
    })),
  ]),
);

test('the bodies are those of many tenants, and hold every SKU', () => {
  expect(all.length).toBeGreaterThan(10);
  expect(bases).toHaveLength(3);
  const skus = new Set(all.map(({ body }) => (body['sku'] as { name?: string } | undefined)?.name));
  expect([...skus]).toEqual(expect.arrayContaining(['Basic', 'Standard', 'Premium']));
});

test.each(exported)(
  '$id: the conditions say what the check says, of every registry and of every change to it',
  ({ id, form }) => {
    const wrong = triedOn.get(id)?.flatMap(({ from, body, verdict }) => {
      const theirs = said(form, body);
      return verdict === theirs ? [] : [`${from}: the check says ${verdict}, the conditions ${theirs}`];
    });
    expect(wrong).toEqual([]);
    const verdicts = new Set(triedOn.get(id)?.map(({ verdict }) => verdict));
    expect([...verdicts]).toEqual(expect.arrayContaining(['fail', 'pass', 'unknown']));
  },
);

test.each(exported)(
  '$id: a policy flags what fails, nothing that passes, and absence as the default',
  ({ id, form }) => {
    const flags = asWritten(flaggedBy(form));
    const properties = propertiesOf(flaggedBy(form));
    const wrong = triedOn.get(id)?.flatMap(({ from, body, verdict }) => {
      const flagged = holds(flags, body);
      // What is left out is what Azure makes of it.
      const filled = properties.reduce<Body['body']>(
        (before, property) =>
          property.byDefault === null || holds({ kind: 'exists', property }, before)
            ? before
            : changed(before, property.arm.split('.'), property.byDefault),
        body,
      );
      const right = flagged === holds(flaggedBy(form), filled);
      return right && !(verdict === 'fail' && !flagged) && !(verdict === 'pass' && flagged) ? [] : [from];
    });
    expect(wrong).toEqual([]);
  },
);
