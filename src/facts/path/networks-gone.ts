import type { Evidence } from '../../model/evidence.ts';
import type { NetworkEvidence } from '../../model/facets/networks.ts';
import { lastPart, parentId, sameId } from '../../model/ids.ts';

/** Of the subnets that rules name, those that do not exist any more, in words. */
export function networksGone(
  subnets: readonly string[],
  networks: Evidence<readonly NetworkEvidence[]>,
): readonly string[] {
  if (networks.state !== 'observed') return [];
  return subnets
    .filter((subnet) => {
      const found = networks.value.find(({ id }) => sameId(id, parentId(subnet)))?.network;
      if (!found) return false;
      return found.state === 'observed'
        ? !found.value.subnets.some(({ id }) => sameId(id, subnet))
        : found.state === 'unreadable' && /not found|could not be found/i.test(found.reason);
    })
    .map((subnet) => `${lastPart(parentId(subnet))}/${lastPart(subnet)}`);
}
