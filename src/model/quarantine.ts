import { accessTo, type Grant } from './access.ts';
import type { Unseen } from './evidence.ts';
import type { Registry } from './facets/registry.ts';
import type { RoleAssignments } from './facets/role-assignments.ts';
import type { Webhook } from './facets/webhooks.ts';

/** Whether a promoter can hear of a quarantined image: a `push` webhook is withheld until the image has passed. */
export const announcesQuarantine = (webhook: Webhook): boolean =>
  webhook.status === 'enabled' && webhook.actions.includes('quarantine');

/** Who may set an image to Passed, people left out: they are not there at night. */
export interface Promoters {
  readonly certain: readonly Grant[];
  /** Why there may be one all the same. */
  readonly possible: readonly string[];
  readonly unseen: readonly Unseen[];
}

export function promotersOf(registry: Registry, assignments: RoleAssignments): Promoters {
  const { principals, unreadable } = accessTo(registry, assignments);
  const able = principals.filter(({ principalType, rights }) => principalType !== 'User' && rights.promote);
  const grantsOf = (extent: 'all' | 'conditional') =>
    able
      .filter(({ principalType }) => principalType === 'ServicePrincipal')
      .flatMap(({ grants }) => grants.filter(({ rights }) => rights.promote === extent));
  return {
    certain: grantsOf('all'),
    possible: [
      ...grantsOf('conditional').map(({ roleName }) => `an identity holds ${roleName} under a condition`),
      ...able
        .filter(({ principalType }) => principalType !== 'ServicePrincipal')
        .map(({ principalId, principalType }) => `${principalType ?? 'principal'} ${principalId} may be one`),
    ],
    unseen: unreadable.filter(({ principalType }) => principalType !== 'User').map(({ unseen }) => unseen),
  };
}
