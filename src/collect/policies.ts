import * as v from 'valibot';
import type { PolicyAssignment, PolicyRule } from '../model/facets/policies.ts';
import { byId, idKey, sameId } from '../model/ids.ts';
import type { Azure } from './azure.ts';
import type { SubscriptionCollector } from './collector.ts';
import type { Permission } from './observe.ts';
import type { Each } from './read.ts';
import { listOf, listOrNone, maybe, read, text, told } from './read.ts';

const apiVersion = '2023-04-01';

const may = {
  assignments: 'Microsoft.Authorization/policyAssignments/read',
  definitions: 'Microsoft.Authorization/policyDefinitions/read',
  sets: 'Microsoft.Authorization/policySetDefinitions/read',
} as const satisfies Record<string, Permission>;

/** Of the parameters only those that an effect is made of are looked at: others may hold anything. */
const values = v.nullish(v.record(text, v.object({ value: v.optional(v.unknown()) })), {});
const defaults = v.nullish(v.record(text, v.object({ defaultValue: v.optional(v.unknown()) })), {});

const assignmentWire = v.object({
  id: text,
  name: text,
  properties: v.object({
    displayName: maybe(text),
    policyDefinitionId: text,
    scope: text,
    notScopes: listOrNone(text),
    enforcementMode: told(text),
    parameters: values,
    overrides: listOrNone(
      v.object({ kind: text, value: text, selectors: listOrNone(v.object({ kind: text, in: listOrNone(text) })) }),
    ),
  }),
});

const definitionWire = v.object({
  id: text,
  properties: v.object({
    parameters: defaults,
    policyRule: v.record(text, v.unknown()),
  }),
});

const setWire = v.object({
  id: text,
  properties: v.object({
    parameters: defaults,
    policyDefinitions: listOf(
      v.object({ policyDefinitionId: text, policyDefinitionReferenceId: maybe(text), parameters: values }),
    ),
  }),
});

type Assigned = v.InferOutput<typeof assignmentWire>['properties'] & { readonly id: string; readonly name: string };
type Definition = ReturnType<typeof parseDefinition>;
type PolicySet = v.InferOutput<typeof setWire>['properties'] & { readonly id: string };
type Values = v.InferOutput<typeof values>;

const flat = <T extends object>({ properties, ...rest }: T & { readonly properties: object }) => ({
  ...rest,
  ...properties,
});
const parseAssignment = (body: unknown) => flat(read('a policy assignment', assignmentWire, body)) as Assigned;
function parseDefinition(body: unknown) {
  const { id, properties } = read('a policy definition', definitionWire, body);
  const { parameters, policyRule } = properties;
  const { effect } = read('what a policy does', v.object({ effect: text }), policyRule['then']);
  return { id, parameters, effect, names: namesIn(policyRule) };
}
const parseSet = (body: unknown) => flat(read('a policy initiative', setWire, body)) as PolicySet;

const isBuiltIn = (id: string): boolean => idKey(id).startsWith('/providers/microsoft.authorization/');
const isSet = (id: string): boolean => /\/policySetDefinitions\/[^/]+$/i.test(id);
const parameter = /^\[parameters\('([^']+)'\)\]$/i;

/** A value of a parameter in the words of whoever sets it: `[parameters('effect')]` is looked up one level further up. */
function resolved(written: unknown, given: Values, usual: v.InferOutput<typeof defaults>): string | null {
  if (typeof written !== 'string') return null;
  const [, name] = parameter.exec(written) ?? [];
  if (name === undefined) return written.toLowerCase();
  const set = entry(given, name)?.value ?? entry(usual, name)?.defaultValue;
  return typeof set === 'string' ? set.toLowerCase() : null;
}

const entry = <T>(all: Readonly<Record<string, T>> | null, name: string): T | undefined =>
  Object.entries(all ?? {}).find(([key]) => sameId(key, name))?.[1];

const asWritten = (value: unknown): string | null => (typeof value === 'string' ? value.toLowerCase() : null);

/** `Microsoft.Network/privateDnsZones`, `Microsoft.ContainerRegistry/registries/adminUserEnabled`. */
const namesIn = (rule: unknown): readonly string[] => [
  ...new Set(
    [...JSON.stringify(rule).matchAll(/microsoft\.[a-z.]+\/[\w./[\]*]+/gi)].map(([name]) => name.toLowerCase()),
  ),
];

/** These change nothing and refuse nothing. */
const reporting: ReadonlySet<string> = new Set([
  'audit',
  'auditifnotexists',
  'disabled',
  'manual',
  'addtonetworkgroup',
]);

/**
 * One list of assignments a subscription, which holds those of the management groups above it too; the custom definitions
 * and initiatives in one list each, where one is assigned; built-in initiatives one by one. What a built-in definition
 * does is known.
 */
export const policies: SubscriptionCollector<'policies'> = {
  facet: 'policies',
  scope: 'subscription',
  permissions: Object.values(may),
  async collect(azure, subscription, { each }) {
    const at = (type: string) => `${subscription.id}/providers/Microsoft.Authorization/${type}`;
    const assignments = await each(await azure.list(at('policyAssignments'), apiVersion), parseAssignment);
    const sets = await setsOf(azure, at('policySetDefinitions'), assignments, each);
    const members = sets.flatMap(({ policyDefinitions }) => policyDefinitions);
    const custom = [...assignments, ...members].some(({ policyDefinitionId: id }) => !isSet(id) && !isBuiltIn(id));
    const definitions = custom
      ? await each(await azure.list(`${at('policyDefinitions')}?${customOnly}`, apiVersion), parseDefinition)
      : [];
    return assignments
      .map(
        (one): PolicyAssignment => ({
          id: one.id,
          name: one.displayName ?? one.name,
          scope: one.scope,
          excluded: one.notScopes,
          enforced: one.enforcementMode === null ? null : !sameId(one.enforcementMode, 'DoNotEnforce'),
          rules: rulesOf(one, sets, definitions),
        }),
      )
      .sort(byId);
  },
};

const customOnly = "$filter=policyType eq 'Custom'";

async function setsOf(azure: Azure, list: string, assignments: readonly Assigned[], each: Each) {
  const ids = [...new Set(assignments.map(({ policyDefinitionId }) => policyDefinitionId).filter(isSet))];
  const own = ids.some((id) => !isBuiltIn(id))
    ? await each(await azure.list(`${list}?${customOnly}`, apiVersion), parseSet)
    : [];
  const builtIn = await Promise.all(ids.filter(isBuiltIn).map((id) => azure.get(id, apiVersion)));
  return [...own, ...(await each(builtIn, parseSet))];
}

function rulesOf(
  { policyDefinitionId, parameters, overrides }: Assigned,
  sets: readonly PolicySet[],
  definitions: readonly Definition[],
): readonly PolicyRule[] {
  const rule = (id: string, given: Values, reference: string | null): PolicyRule => {
    const own = definitions.find((one) => sameId(one.id, id));
    const override = overrides.find(
      ({ kind, selectors }) =>
        sameId(kind, 'policyEffect') &&
        selectors.every(
          (one) =>
            !sameId(one.kind, 'policyDefinitionReferenceId') || one.in.some((name) => sameId(name, reference ?? '')),
        ),
    );
    const effect =
      override?.value.toLowerCase() ??
      (own ? (resolved(own.effect, given, own.parameters) ?? own.effect) : asWritten(entry(given, 'effect')?.value));
    return { definition: id, effect, names: own ? own.names : isBuiltIn(id) ? null : [] };
  };
  const set = sets.find(({ id }) => sameId(id, policyDefinitionId));
  const rules = set
    ? set.policyDefinitions.map((member) => {
        const given = Object.fromEntries(
          Object.entries(member.parameters ?? {}).map(([key, { value }]) => [
            key,
            { value: resolved(value, parameters, set.parameters) ?? value },
          ]),
        );
        return rule(member.policyDefinitionId, given, member.policyDefinitionReferenceId);
      })
    : [rule(policyDefinitionId, parameters, null)];
  return rules.filter(({ effect }) => effect === null || !reporting.has(effect));
}
