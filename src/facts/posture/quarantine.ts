import type { Unseen } from '../../model/evidence.ts';
import type { Cluster } from '../../model/facets/consumers.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import type { Webhook } from '../../model/facets/webhooks.ts';
import { idKey } from '../../model/ids.ts';
import type { Observation } from '../../model/outcome.ts';
import { type Access, accessTo, type Grant } from '../access/access.ts';
import { kindOf, principalWords } from '../access/principals.ts';
import { isWorkload, kubeletsOf } from '../access/workloads.ts';

/** A webhook that waits for quarantined images, and what keeps it from telling of them all. */
export interface QuarantineWebhook {
  readonly name: string;
  /** Empty, or `*`: the whole registry. */
  readonly scope: string;
  /** `untold`: Azure does not say whether it is on. */
  readonly tells: 'all' | 'some' | 'nothing' | 'untold';
  readonly seen: Observation;
}

/** The webhooks that wait for quarantined images. One that waits for pushes is silent until an image has passed. */
export const quarantineWebhooks = (webhooks: readonly Webhook[]): readonly QuarantineWebhook[] =>
  webhooks.flatMap((webhook, index) =>
    webhook.actions.includes('quarantine')
      ? [
          {
            name: webhook.name,
            scope: webhook.scope ?? '',
            tells: toldBy(webhook),
            seen: { at: `webhooks/${index}/status` as const, about: webhook.name, saw: webhook.status },
          },
        ]
      : [],
  );

function toldBy({ status, scope }: Webhook): QuarantineWebhook['tells'] {
  if (status === 'disabled') return 'nothing';
  if (!['', '*', '*:*'].includes(scope ?? '')) return 'some';
  return status === 'enabled' ? 'all' : 'untold';
}

/** Names of the webhooks that are told of an image only after it has passed. */
export const silentUntilPassed = (webhooks: readonly Webhook[]): readonly string[] =>
  webhooks.filter(({ actions }) => actions.includes('push')).map(({ name }) => name);

/** Who may set an image to Passed: no person, who is not there at night, and no node of a cluster, which only pulls. */
export interface Promoters {
  readonly certain: readonly { readonly who: string; readonly grant: Grant }[];
  /** Why there may be one all the same. */
  readonly possible: readonly string[];
  readonly unseen: readonly Unseen[];
}

/** Which identities may set an image to Passed. A detour to the right makes no promoter. */
export function promotersOf(registry: Registry, assignments: RoleAssignments, clusters: readonly Cluster[]): Promoters {
  const kubelets = kubeletsOf(clusters);
  const may = ({ principalId, principalType }: Pick<Access, 'principalId' | 'principalType'>) =>
    kindOf(principalType) !== 'person' && !kubelets.has(idKey(principalId));
  const { principals, unreadable } = accessTo(registry, assignments);
  const able = principals.filter((who) => may(who) && who.rights.promote !== undefined);
  const workloads = able.filter((who) => isWorkload(who, kubelets));
  const grants = workloads.flatMap((who) =>
    who.grants
      .filter(({ rights }) => rights.promote !== undefined)
      .map((grant) => ({ who: principalWords(who), grant, certain: grant.rights.promote === 'all' })),
  );
  // A cluster whose nodes are not told may be the one with the general role; nobody gives nodes a role to promote.
  const mayBeNodes = clusters.some(({ kubelet, servicePrincipal }) => !kubelet?.objectId && servicePrincipal === null);
  const isGeneral = ({ named }: Grant) => Object.values(named).every(({ promote }) => promote === undefined);
  return {
    certain: grants.filter(({ certain, grant }) => certain && !(mayBeNodes && isGeneral(grant))),
    possible: [
      ...grants
        .filter(({ certain }) => !certain)
        .map(
          ({ grant }) =>
            `an identity holds ${grant.roleName}${grant.condition === null ? ', and the permission mode is not told' : ' under a condition'}`,
        ),
      ...grants
        .filter(({ certain, grant }) => certain && mayBeNodes && isGeneral(grant))
        .map(({ who, grant }) => `${who}, with ${grant.roleName}, may be the nodes of a cluster`),
      ...able.filter((who) => !workloads.includes(who)).map((who) => `${principalWords(who)} may be one`),
    ],
    unseen: unreadable.filter(may).map(({ unseen }) => unseen),
  };
}
