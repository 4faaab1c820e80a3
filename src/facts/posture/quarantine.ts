import type { Unseen } from '../../model/evidence.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import type { Webhook } from '../../model/facets/webhooks.ts';
import type { Observation } from '../../model/outcome.ts';
import { accessTo, type Grant } from '../access/access.ts';

/** Whether a promoter is told of a quarantined image: a `push` webhook is withheld until the image has passed. */
export const announcesQuarantine = (webhook: Webhook): boolean =>
  webhook.status === 'enabled' && webhook.actions.includes('quarantine');

/** Which webhooks tell of a quarantined image. */
export interface Announcements {
  /** The state of those that do. */
  readonly announced: readonly Observation[];
  /** One waits for quarantined images, and ARM does not say whether it is on. */
  readonly unclear: boolean;
  /** Names of those that wait for pushes, and are told of none until the image has passed. */
  readonly pushOnly: readonly string[];
}

/** Which webhooks tell of a quarantined image, and which stay silent. */
export function announcementsOf(webhooks: readonly Webhook[]): Announcements {
  const waiting = webhooks.filter(({ actions }) => actions.includes('quarantine'));
  return {
    announced: webhooks.flatMap((webhook, index) =>
      announcesQuarantine(webhook)
        ? [{ at: `webhooks/${index}/status` as const, about: webhook.name, saw: webhook.status }]
        : [],
    ),
    unclear: waiting.some(({ status }) => status !== 'disabled' && status !== 'enabled'),
    pushOnly: webhooks.filter(({ actions }) => actions.includes('push')).map(({ name }) => name),
  };
}

/** Who may set an image to Passed, people left out: they are not there at night. */
export interface Promoters {
  readonly certain: readonly Grant[];
  /** Why there may be one all the same. */
  readonly possible: readonly string[];
  readonly unseen: readonly Unseen[];
}

/** Which identities may set an image to Passed, people left out. */
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
