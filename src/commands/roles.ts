import { builtInRoles } from '../facts/access/roles.ts';
import type { RoleCommand } from '../model/command.ts';
import type { RoleAssignment, RoleAssignments } from '../model/facets/role-assignments.ts';
import { lastPart, parentId, parseId, sameId } from '../model/ids.ts';
import type { KnownFacts } from '../model/step.ts';
import { refusedAssignment, refusedLastOwner } from './constraints.ts';
import { nothing, type Traits } from './trait.ts';
import { asking, quoted, word } from './words.ts';

/** Gives a workload a built-in role on the registry, by its object id. */
export const roleAssign = (principal: string, role: string): RoleCommand => ({
  kind: 'role.assign',
  principal,
  role,
  scope: '<registry-id>',
});

/** Deletes a role assignment, by its id; one that a plan makes before has no id yet, and is told by what it gives. */
export function roleUnassign(assignment: string): RoleCommand {
  const [, scope, principal, role] = unnamed.exec(assignment) ?? [];
  return scope && principal && role
    ? { kind: 'role.revoke', principal, role, scope }
    : { kind: 'role.unassign', assignment };
}

const unnamed = /^(.+)\/providers\/Microsoft\.Authorization\/roleAssignments\/new-(.+)-([\da-f-]{36})$/;

/** `az identity federated-credential delete`, by the id of the credential. */
export const federatedCredentialDelete = (id: string): RoleCommand => ({ kind: 'federatedCredential.delete', id });

const onAssignments = (
  facts: KnownFacts,
  change: (assignments: readonly RoleAssignment[]) => RoleAssignments['assignments'],
): KnownFacts =>
  facts.roleAssignments
    ? {
        ...facts,
        roleAssignments: { ...facts.roleAssignments, assignments: change(facts.roleAssignments.assignments) },
      }
    : facts;

const withoutAssignment = (facts: KnownFacts, is: (one: RoleAssignment) => boolean): KnownFacts =>
  onAssignments(facts, (assignments) => assignments.filter((one) => !is(one)));

/** Where an assignment is made: the registry's own id where the command says `<registry-id>`. */
const scopeOf = ({ registry }: KnownFacts, scope: string): string =>
  registry ? scope.replace('<registry-id>', registry.id) : scope;

/** As it would be listed; Azure chooses the name. */
const assigned = (principalId: string, roleId: string, scope: string): RoleAssignment => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/new-${principalId}-${roleId}`,
  scope,
  principalId,
  principalType: 'ServicePrincipal',
  roleId,
  condition: null,
});

export const roleName = (role: string): string => builtInRoles.find(({ id }) => id === role)?.name ?? role;

const held = (principal: string, role: string, scope: string): string =>
  `az role assignment list --scope ${word(scope)} ${asking(`length([?principalId==${quoted(principal)} && ends_with(roleDefinitionId, ${quoted(role)})])`)}`;

interface Three {
  readonly principal: string;
  readonly role: string;
  readonly scope: string;
}

const isAssigned =
  (facts: KnownFacts, { principal, role, scope }: Three) =>
  (one: RoleAssignment): boolean =>
    sameId(one.principalId, principal) && sameId(one.roleId, role) && sameId(one.scope, scopeOf(facts, scope));

export const roleTraits: Traits<RoleCommand> = {
  'role.assign': {
    az: ({ principal, role, scope }) =>
      `az role assignment create --assignee-object-id ${word(principal)} --assignee-principal-type ServicePrincipal --role ${word(roleName(role))} --scope ${word(scope)}`,
    apply: (facts, { principal, role, scope }) =>
      onAssignments(facts, (assignments) =>
        assignments.some(isAssigned(facts, { principal, role, scope }))
          ? assignments
          : [...assignments, assigned(principal, role, scopeOf(facts, scope))],
      ),
    refuse: (facts, { principal, role, scope }) =>
      refusedAssignment(facts.roleAssignments?.assignments ?? [], {
        principalId: principal,
        roleId: role,
        scope: scopeOf(facts, scope),
      }),
    target: ({ scope }) => scope,
    undo: ({ principal, role, scope }) => [{ kind: 'role.revoke', principal, role, scope }],
    verify: ({ principal, role, scope }) => ({ az: held(principal, role, scope), prints: '1' }),
    ends: nothing,
  },
  'role.revoke': {
    az: ({ principal, role, scope }) =>
      `az role assignment delete --assignee ${word(principal)} --role ${word(roleName(role))} --scope ${word(scope)}`,
    apply: (facts, command) => withoutAssignment(facts, isAssigned(facts, command)),
    refuse: (facts, command) => refusedLastOwner(facts, withoutAssignment(facts, isAssigned(facts, command))),
    target: ({ scope }) => scope,
    deletes: true,
    undo: (command, before) => {
      const own = before.roleAssignments?.assignments.find(isAssigned(before, command));
      return own === undefined ? [] : assignedAgain(own);
    },
    verify: ({ principal, role, scope }) => ({ az: held(principal, role, scope), prints: '0' }),
    ends: () => 'right',
  },
  'role.unassign': {
    az: ({ assignment }) => `az role assignment delete --ids ${word(assignment)}`,
    apply: (facts, { assignment }) => withoutAssignment(facts, ({ id }) => sameId(id, assignment)),
    refuse: (facts, { assignment }) =>
      refusedLastOwner(
        facts,
        withoutAssignment(facts, ({ id }) => sameId(id, assignment)),
      ),
    target: ({ assignment }) => assignment,
    deletes: true,
    undo: ({ assignment }, { roleAssignments }) => {
      const own = roleAssignments?.assignments.find(({ id }) => sameId(id, assignment));
      return own ? assignedAgain(own) : { cannot: 'What the assignment gave is not known.' };
    },
    verify: ({ assignment }) => ({
      az: `az role assignment list --scope ${word(parentId(assignment, 2))} ${asking(`length([?name==${quoted(lastPart(assignment))}])`)}`,
      prints: '0',
    }),
    ends: () => 'right',
  },
  'federatedCredential.delete': {
    az: ({ id }) => {
      const { subscription = '', resourceGroup = '', name = '' } = parseId(id) ?? {};
      return `az identity federated-credential delete --identity-name ${word(lastPart(parentId(id)))} --resource-group ${word(resourceGroup)} --subscription ${word(subscription)} --name ${word(name)} --yes`;
    },
    apply: (facts, { id }) =>
      facts.federatedCredentials
        ? {
            ...facts,
            federatedCredentials: {
              ...facts.federatedCredentials,
              identities: facts.federatedCredentials.identities.map((one) =>
                one.credentials.state === 'observed'
                  ? {
                      ...one,
                      credentials: {
                        ...one.credentials,
                        value: one.credentials.value.filter((credential) => !sameId(credential.id, id)),
                      },
                    }
                  : one,
              ),
            },
          }
        : facts,
    target: ({ id }) => id,
    deletes: true,
    undo: () => ({ cannot: 'Create the credential again with its issuer, subject and audience.' }),
    verify: ({ id }) => {
      const { subscription = '', resourceGroup = '', name = '' } = parseId(id) ?? {};
      return {
        az: `az identity federated-credential list --identity-name ${word(lastPart(parentId(id)))} --resource-group ${word(resourceGroup)} --subscription ${word(subscription)} ${asking(`length([?name==${quoted(name)}])`)}`,
        prints: '0',
      };
    },
    ends: () => 'right',
  },
};

/** A role given again has another id; one with a condition, or of a person, is given again by hand. */
const assignedAgain = ({ principalId, principalType, roleId, scope, condition }: RoleAssignment) =>
  condition === null && principalType === 'ServicePrincipal'
    ? ([{ kind: 'role.assign', principal: principalId, role: roleId, scope }] as const)
    : { cannot: 'Give the role again, with its condition, to the same principal.' };
