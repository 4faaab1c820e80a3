import * as v from 'valibot';
import type { Evidence } from '../model/evidence.ts';
import type { RoleAssignment, RoleDefinition } from '../model/facets/role-assignments.ts';
import { byId, byText, idKey, lastPart } from '../model/ids.ts';
import type { SubscriptionCollector } from './collector.ts';
import type { Observe, Permission } from './observe.ts';
import { listOf, maybe, member, read, text } from './read.ts';

const apiVersion = '2022-04-01';

const may = {
  assignments: 'Microsoft.Authorization/roleAssignments/read',
  definitions: 'Microsoft.Authorization/roleDefinitions/read',
} as const satisfies Record<string, Permission>;

const assignmentWire = v.object({
  id: text,
  properties: v.object({
    scope: text,
    principalId: text,
    principalType: maybe(member('principalType')),
    roleDefinitionId: text,
    condition: maybe(text),
  }),
});

export function parseRoleAssignment(body: unknown): RoleAssignment {
  const { id, properties } = read('a role assignment', assignmentWire, body);
  const { roleDefinitionId, ...rest } = properties;
  return { id, ...rest, roleId: guidOf(roleDefinitionId) };
}

const definitionWire = v.object({
  name: text,
  properties: v.object({
    roleName: text,
    type: maybe(text),
    permissions: listOf(
      v.object({
        actions: listOf(text),
        notActions: listOf(text),
        dataActions: listOf(text),
        notDataActions: listOf(text),
      }),
    ),
  }),
});

export function parseRoleDefinition(body: unknown): RoleDefinition {
  const { name, properties } = read('a role definition', definitionWire, body);
  return {
    id: idKey(name),
    name: properties.roleName,
    custom: properties.type?.toLowerCase() === 'customrole',
    permissions: properties.permissions,
  };
}

export const roleAssignments: SubscriptionCollector<'roleAssignments'> = {
  facet: 'roleAssignments',
  scope: 'subscription',
  permissions: Object.values(may),
  async collect(azure, { id: subscription }, { observe, each, registryIdentities }) {
    const path = `${subscription}/providers/Microsoft.Authorization`;
    // Without a filter the list holds what is inherited from above and what is below, at resources too.
    const listed = await azure.list(`${path}/roleAssignments`, apiVersion);
    const assignments = (
      await each(
        listed.filter((body) => mayBeAbout(body) || isHeldBy(registryIdentities, body)),
        parseRoleAssignment,
      )
    ).sort(byId);
    return { assignments, definitions: await definitionsOf(assignments, subscription, observe) };
  },
};

/** The roles that assignments name, and those that their conditions name, as far as the scope lists them. */
export function definitionsOf(
  assignments: readonly RoleAssignment[],
  scope: string,
  observe: Observe,
): Promise<Evidence<readonly RoleDefinition[]>> {
  const named = new Set(assignments.flatMap(({ roleId, condition }) => [roleId, ...guidsIn(condition)]));
  return observe({
    permissions: [may.definitions],
    scope,
    ask: async (azure, each) => {
      const all = await azure.list(`${scope}/providers/Microsoft.Authorization/roleDefinitions`, apiVersion);
      const wanted = all.filter((body) => named.has(nameIn(body)));
      return (await each(wanted, parseRoleDefinition)).sort((a, b) => byText(a.id, b.id));
    },
  });
}

const guidOf = (roleDefinitionId: string): string => idKey(lastPart(roleDefinitionId));

/** An element whose scope cannot be made out may be about a registry: it stays, to be an unread entry. */
export function mayBeAbout(body: unknown): boolean {
  const scoped = v.safeParse(v.object({ properties: v.object({ scope: text }) }), body);
  return !scoped.success || mayMatter(scoped.output.properties.scope);
}

/** Whoever may write a task takes the token of the registry's identity: what that one may do anywhere matters. */
function isHeldBy(principals: ReadonlySet<string>, body: unknown): boolean {
  const held = v.safeParse(v.object({ properties: v.object({ principalId: text }) }), body);
  return held.success && principals.has(idKey(held.output.properties.principalId));
}

/** The guid of a role, in lower case; empty where it has none. */
function nameIn(body: unknown): string {
  const named = v.safeParse(v.object({ name: text }), body);
  return named.success ? idKey(named.output.name) : '';
}

/** Roles that a condition lets somebody hand out are named by their guids. */
const guidsIn = (condition: string | null): readonly string[] =>
  (condition ?? '').toLowerCase().match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];

/**
 * Thousands of assignments may sit at vaults and storage accounts: only those that could reach a registry are kept, and
 * those at identities, whose credentials their holders may write.
 */
const mayMatter = (scope: string): boolean =>
  !/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/(?!Microsoft\.(?:ContainerRegistry|ManagedIdentity)\/)/i.test(
    scope,
  );
