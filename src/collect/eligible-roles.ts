import * as v from 'valibot';
import { observed } from '../model/evidence.ts';
import type { EligibleRole } from '../model/facets/eligible-roles.ts';
import { byId } from '../model/ids.ts';
import { type Azure, AzureError } from './azure.ts';
import type { RegistryCollector } from './collector.ts';
import { maybe, read, text, told } from './read.ts';
import { definitionsOf, parseRoleAssignment } from './role-assignments.ts';

const wire = v.object({
  properties: v.object({
    endDateTime: maybe(text),
    expandedProperties: told(v.object({ principal: told(v.object({ displayName: told(text) })) })),
  }),
});

/** An eligibility is written like an assignment. */
export function parseEligibleRole(body: unknown): EligibleRole {
  const { properties } = read('an eligible role', wire, body);
  return {
    ...parseRoleAssignment(body),
    name: properties.expandedProperties?.principal?.displayName ?? null,
    until: properties.endDateTime,
  };
}

/** Who may activate which role at or above the registry. Whoever may read assignments may read these. */
export const eligibleRoles: RegistryCollector<'eligibleRoles'> = {
  facet: 'eligibleRoles',
  scope: 'registry',
  permissions: ['Microsoft.Authorization/roleAssignments/read', 'Microsoft.Authorization/roleDefinitions/read'],
  async collect(azure, registry, { observe, each }) {
    const eligible = (await each(await listed(azure, registry.id), parseEligibleRole)).sort(byId);
    const definitions = eligible.length === 0 ? observed([]) : await definitionsOf(eligible, registry.id, observe);
    return { eligible, definitions };
  },
};

/** A tenant without the licence for Privileged Identity Management has none. */
async function listed(azure: Azure, registry: string): Promise<readonly unknown[]> {
  try {
    return await azure.list(
      `${registry}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances?$filter=atScope()`,
      '2020-10-01',
    );
  } catch (error) {
    if (error instanceof AzureError && error.code === 'AadPremiumLicenseRequired') return [];
    throw error;
  }
}
