import type { HttpClient } from '@azure/core-rest-pipeline';
import { checks } from '../checks/index.ts';
import { clouds } from '../src/azure/clouds.ts';
import { connect } from '../src/azure/index.ts';
import { collect } from '../src/collect/collect.ts';
import { type Emulator, emulate, type TenantDocument } from '../src/emulator/index.ts';
import { evaluate } from '../src/engine/evaluate.ts';
import { type Facet, facets } from '../src/model/facets.ts';
import type { Snapshot } from '../src/model/snapshot.ts';
import type { Report } from '../src/pages/report.ts';

const credential = { getToken: async () => ({ token: 'token', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };

/** Every facet, those behind an option among them. */
export const everyFacet: ReadonlySet<Facet> = new Set(Object.keys(facets) as Facet[]);

/** What a scan without options collects. */
export const usualFacets: ReadonlySet<Facet> = new Set(
  [...everyFacet].filter((facet) => facets[facet].optIn === undefined),
);

/** Everything in a tenant, by the SDK's clients and the collectors, with the emulator in place of the network. */
export async function collected(document: TenantDocument, wanted: ReadonlySet<Facet> = everyFacet): Promise<Snapshot> {
  return seenIn(emulate(document), wanted);
}

/** The same where some requests, by path and query, are refused as Azure refuses them; and all that was asked. */
export async function collectedBut(
  document: TenantDocument,
  wanted: ReadonlySet<Facet>,
  isRefused: (sent: string) => boolean,
): Promise<{ readonly snapshot: Snapshot; readonly asked: readonly string[] }> {
  const { httpClient, now, requests } = emulate(document);
  const refusing = emulate({ ...document, denied: [{ scope: '/', action: '*' }] });
  const wire: HttpClient = {
    sendRequest: (request) => {
      const { pathname, search } = new URL(request.url);
      return (isRefused(pathname + search) ? refusing.httpClient : httpClient).sendRequest(request);
    },
  };
  return { snapshot: await seenIn({ httpClient: wire, now }, wanted), asked: requests.map(({ path }) => path) };
}

/** Everything in a tenant that is emulated already, as it stands now. */
export const seenIn = (
  { httpClient, now }: Pick<Emulator, 'httpClient' | 'now'>,
  wanted: ReadonlySet<Facet> = everyFacet,
): Promise<Snapshot> =>
  collect(
    connect({ cloud: clouds.public, credential, httpClient }),
    { subscriptions: [], managementGroup: null, registries: [], groups: [], tags: [], declared: [], facets: wanted },
    { tool: { name: 'acr-audit', version: '0.0.0' }, now: () => now, progress: () => {} },
  );

/** The whole path from the SDK's clients to the report. */
export const scanned = async (document: TenantDocument): Promise<Report> =>
  evaluate(await collected(document), { checks, profile: 'recommended' });
