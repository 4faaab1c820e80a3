import type { Evidence } from '../../model/evidence.ts';
import type { Facet } from '../../model/facets.ts';
import { valueAt, withValueAt } from '../../model/pointer.ts';
import type { SharedThings, ThingLine } from './lines.ts';

export type Kind = keyof SharedThings;
export type Thing = { [K in Kind]: ThingLine<K> }[Kind];
export type EvidenceByFacet = { readonly [F in Facet]?: Evidence<unknown> };

/** Where facets hold what they share with others: a pointer into their evidence. */
const sharedAt: { readonly [F in Facet]?: { readonly kind: Kind; readonly at: string } } = {
  roleAssignments: { kind: 'role', at: 'value/definitions/value' },
  privateDns: { kind: 'zone', at: 'value/zones' },
  consumers: { kind: 'cluster', at: 'value/clusters' },
  networks: { kind: 'network', at: 'value' },
  federatedCredentials: { kind: 'identity', at: 'value/identities' },
};

/** Evidence in which each shared thing (or its key) is replaced; what was not observed stays as it is. */
export function replaceShared<E extends EvidenceByFacet>(given: E, by: (kind: Kind, item: unknown) => unknown): E {
  let evidence: EvidenceByFacet = given;
  for (const [facet, { kind, at }] of Object.entries(sharedAt)) {
    const list = valueAt(evidence, `${facet}/${at}`);
    if (!Array.isArray(list)) continue;
    evidence = withValueAt(
      evidence,
      `${facet}/${at}`,
      list.map((item) => by(kind, item)),
    );
  }
  return evidence as E;
}
