import { readFileSync } from 'node:fs';
import { Validator } from 'jsonschema';
import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { azurePolicy, policyOf, policyRuleOf } from '../../src/export/azure-policy.ts';

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly dependsOn?: readonly string[];
  readonly properties: {
    readonly policyRule?: unknown;
    readonly parameters: Readonly<Record<string, { readonly defaultValue: string }>>;
    readonly policyDefinitions?: readonly {
      readonly policyDefinitionReferenceId: string;
      readonly policyDefinitionId: string;
      readonly parameters: unknown;
    }[];
  };
}

const { resources } = JSON.parse(azurePolicy(checks, '1.2.3')) as { readonly resources: readonly Resource[] };
const definitions = resources.filter(({ type }) => type.endsWith('/policyDefinitions'));
const initiative = resources.find(({ type }) => type.endsWith('/policySetDefinitions'));
const members = initiative?.properties.policyDefinitions ?? [];

test('a check is left to the built-in definition that flags the same, else it is one of ours', () => {
  const how = Object.fromEntries(members.map((one) => [one.policyDefinitionReferenceId, one.policyDefinitionId]));
  expect(how['admin-user-disabled']).toBe(
    '/providers/Microsoft.Authorization/policyDefinitions/dc921057-6b28-4fbe-9b83-f7bec05db6c2',
  );
  expect(how['content-trust-retired']).toContain("'acr-audit-content-trust-retired')]");
  // No published policy has an alias of it.
  expect(how).not.toHaveProperty('trusted-services-bypass');
  expect(Object.keys(how)).toEqual(checks.filter((check) => policyOf(check) !== null).map(({ id }) => id));
});

test('every definition of ours is a member, made before the initiative, with an effect that only audits', () => {
  const ours = members.filter(({ policyDefinitionId }) => policyDefinitionId.startsWith('['));
  expect(definitions.map(({ name }) => `'${name}')]`)).toEqual(
    ours.map(({ policyDefinitionId }) => policyDefinitionId.split(', ').at(-1)),
  );
  expect(initiative?.dependsOn).toEqual(ours.map(({ policyDefinitionId }) => policyDefinitionId));
  for (const { properties } of definitions) {
    expect(properties.parameters['effect']?.defaultValue).toBe('Audit');
    // In a template the second bracket keeps the expression for the policy.
    expect(JSON.stringify(properties.policyRule)).toContain(`"effect":"[[parameters('effect')]"`);
  }
});

test('each member has a parameter of its own for its effect', () => {
  for (const { policyDefinitionReferenceId: id, parameters } of members) {
    expect(parameters).toEqual({ effect: { value: `[[parameters('${id}')]` } });
    expect(initiative?.properties.parameters[id]?.defaultValue).toBe('Audit');
  }
});

test('a rule reads as its check does', () => {
  const trust = checks.find(({ id }) => id === 'content-trust-retired');
  const status = 'Microsoft.ContainerRegistry/registries/policies.trustPolicy.status';
  expect(trust && JSON.stringify(policyRuleOf(trust))).toContain(JSON.stringify({ field: status, equals: 'enabled' }));
});

/** Azure/azure-resource-manager-schemas a1454431 (MIT, the licence lies beside them): the rule of a definition. */
const published = (name: string) =>
  JSON.parse(readFileSync(new URL(`published/${name}.json.txt`, import.meta.url), 'utf8'));

function mistakesIn(rule: unknown): readonly string[] {
  const validator = new Validator();
  const base = 'https://schema.management.azure.com/schemas';
  validator.addSchema(published('definitions'), `${base}/common/definitions.json`);
  // Of deployIfNotExists only, which we do not print.
  validator.addSchema({ definitions: { DeploymentProperties: {} } }, `${base}/2018-05-01/Microsoft.Resources.json`);
  return validator.validate(rule, published('policyDefinition')).errors.map(({ stack }) => stack);
}

test('the schema finds a mistake where there is one', () => {
  const rule = (value: unknown, effect: string): unknown =>
    Object.fromEntries([
      ['if', { field: 'type', equals: value }],
      ['then', { effect }],
    ]);
  expect(mistakesIn(rule('x', "[parameters('effect')]"))).toEqual([]);
  expect(mistakesIn(rule(true, "[parameters('effect')]"))).not.toEqual([]);
  expect(mistakesIn(rule('x', 'explode'))).not.toEqual([]);
});

const ours = checks.filter((check) => policyOf(check) === 'custom');

test.each(ours)('the rule of $id is valid by the published schema', (check) => {
  expect(mistakesIn(policyRuleOf(check))).toEqual([]);
});
