import { describe, expect, test } from 'vitest';
import { policies } from '../../src/collect/policies.ts';
import type { UnreadEntry } from '../../src/model/evidence.ts';
import { assignedPolicy, builtInPolicy, customPolicy, managementGroup, policySet } from '../policies.ts';
import { subscriptionId } from '../support.ts';
import { askingOf, fakeAzure } from './azure.ts';

const admin = 'dc921057-6b28-4fbe-9b83-f7bec05db6c2';
const at = `${subscriptionId}/providers/Microsoft.Authorization`;
const lists = {
  assignments: `${at}/policyAssignments`,
  definitions: `${at}/policyDefinitions?$filter=policyType eq 'Custom'`,
  sets: `${at}/policySetDefinitions?$filter=policyType eq 'Custom'`,
};
type Bodies = readonly object[];

async function read(
  assignments: Bodies,
  { definitions = [], sets = [], builtInSets = [] }: Record<string, Bodies> = {},
) {
  const { azure, asked } = fakeAzure({
    [lists.assignments]: assignments,
    [lists.definitions]: definitions,
    [lists.sets]: sets,
  });
  const get = (path: string) => {
    asked.push(path);
    const found = builtInSets.find((one) => 'id' in one && one.id === path);
    return found ? Promise.resolve(found) : azure.get(path, '');
  };
  const unread: UnreadEntry[] = [];
  const found = await policies.collect({ ...azure, get }, { id: subscriptionId }, askingOf(azure, unread));
  return { found, asked, unread };
}

const effects = async (...args: Parameters<typeof read>) =>
  (await read(...args)).found.map(({ rules }) => rules.map(({ effect }) => effect));
const parametersOf = (effect: string) => ({ parameters: { effect: { value: effect } } });

test('one list is asked where nothing is assigned, or built-in definitions alone', async () => {
  expect((await read([])).asked).toEqual([lists.assignments]);
  const { asked, found } = await read([
    assignedPolicy('no-admin', managementGroup, builtInPolicy(admin), {
      ...parametersOf('Deny'),
      notScopes: [`${subscriptionId}/resourceGroups/lab`],
    }),
  ]);
  expect(asked).toEqual([lists.assignments]);
  expect(found).toEqual([
    {
      id: `${managementGroup}/providers/Microsoft.Authorization/policyAssignments/no-admin`,
      name: 'Contoso no-admin',
      scope: managementGroup,
      excluded: [`${subscriptionId}/resourceGroups/lab`],
      enforced: true,
      rules: [{ definition: builtInPolicy(admin), effect: 'deny', names: null }],
    },
  ]);
});

test('an assignment that only reports is kept as such, and one that does not say', async () => {
  const enforced = async (enforcementMode: string | undefined) =>
    (await read([assignedPolicy('a', subscriptionId, builtInPolicy(admin), { enforcementMode })])).found[0]?.enforced;
  expect([await enforced('DoNotEnforce'), await enforced('Default'), await enforced(undefined)]).toEqual([
    false,
    true,
    null,
  ]);
});

describe('the effect', () => {
  const builtInSet = '/providers/Microsoft.Authorization/policySetDefinitions/baseline';
  const ownSet = `${managementGroup}${builtInSet}`;
  const member = (value: unknown) => ({
    policyDefinitionId: builtInPolicy(admin),
    policyDefinitionReferenceId: 'admin',
    parameters: value === undefined ? {} : { effect: { value } },
  });

  test.each([
    ['is that of the member', member('Deny'), {}, {}, ['deny']],
    ['is left out where it only reports', member('AuditIfNotExists'), {}, {}, []],
    ['is a parameter that the assignment sets', member("[parameters('e')]"), { e: { value: 'Deny' } }, {}, ['deny']],
    [
      'is a parameter that the initiative sets',
      member("[parameters('e')]"),
      {},
      { e: { defaultValue: 'Modify' } },
      ['modify'],
    ],
    ['is not told by what nobody sets', member("[parameters('e')]"), {}, {}, ["[parameters('e')]"]],
    ['is the default of the definition', member(undefined), {}, {}, [null]],
  ])('in an initiative %s', async (_, one, set, usual, expected) => {
    for (const [id, where] of [
      [builtInSet, 'builtInSets'],
      [ownSet, 'sets'],
    ] as const)
      expect(
        await effects([assignedPolicy('a', subscriptionId, id, { parameters: set })], {
          [where]: [policySet(id, [one], usual)],
        }),
      ).toEqual([expected]);
  });

  test.each([
    ['of every member', [], ['deny']],
    ['of the members named', [{ kind: 'policyDefinitionReferenceId', in: ['ADMIN'] }], ['deny']],
    ['of other members', [{ kind: 'policyDefinitionReferenceId', in: ['other'] }], []],
  ])('is overridden by the assignment: %s', async (_, selectors, expected) => {
    const overrides = [{ kind: 'policyEffect', value: 'Deny', selectors }];
    expect(
      await effects([assignedPolicy('a', subscriptionId, builtInSet, { overrides })], {
        builtInSets: [policySet(builtInSet, [member('Audit')])],
      }),
    ).toEqual([expected]);
  });

  test.each([
    ['is written in the rule', 'deny', {}, {}, ['deny']],
    ['is a parameter of the assignment', "[parameters('effect')]", parametersOf('Deny'), {}, ['deny']],
    ['is the default of a parameter', "[parameters('effect')]", {}, { effect: { defaultValue: 'Audit' } }, []],
    ['is an expression', "[if(equals(1,1),'deny','audit')]", {}, {}, ["[if(equals(1,1),'deny','audit')]"]],
  ])('of a custom definition %s', async (_, effect, given, parameters, expected) => {
    const id = `${managementGroup}/providers/Microsoft.Authorization/policyDefinitions/own`;
    expect(
      await effects([assignedPolicy('a', subscriptionId, id, given)], {
        definitions: [customPolicy('own', managementGroup, {}, effect, parameters)],
      }),
    ).toEqual([expected]);
  });
});

test('of a custom rule the types and properties that it names are kept, and nothing else of it', async () => {
  const condition = {
    allOf: [
      { field: 'type', equals: 'Microsoft.Network/privateDnsZones' },
      { field: 'name', like: 'secret-*' },
      { count: { field: 'Microsoft.ContainerRegistry/registries/networkRuleSet.ipRules[*]' }, greater: 0 },
    ],
  };
  const { found, asked } = await read([assignedPolicy('a', subscriptionId, `${at}/policyDefinitions/own`)], {
    definitions: [customPolicy('own', subscriptionId, condition)],
  });
  expect(asked).toEqual([lists.assignments, lists.definitions]);
  expect(found[0]?.rules).toEqual([
    {
      definition: `${at}/policyDefinitions/own`,
      effect: 'deny',
      names: ['microsoft.network/privatednszones', 'microsoft.containerregistry/registries/networkruleset.iprules[*]'],
    },
  ]);
});

test('a definition that cannot be read is an unread entry', async () => {
  const broken = customPolicy('own', subscriptionId, {}, null);
  const { unread } = await read([assignedPolicy('a', subscriptionId, broken.id)], { definitions: [broken] });
  expect(unread).toHaveLength(1);
});
