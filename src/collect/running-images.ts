import * as v from 'valibot';
import { runningImagesQuery } from '../facts/posture/image-findings-query.ts';
import type { RunningImage } from '../model/facets/running-images.ts';
import { sameId, subscriptionGuid } from '../model/ids.ts';
import { placesOfClusters } from './cluster-plans.ts';
import type { SharedCollector } from './collector.ts';
import { findingWire, imageFindings, mayReadFindings } from './image-findings.ts';
import { number, read, text } from './read.ts';

const wire = v.object({ ...findingWire, subscriptionId: text, fixable: number });

export function parseRunningImage(row: unknown): RunningImage {
  const { subscriptionId: _, ...image } = read('the findings of a running image', wire, row);
  return image;
}

/** One query for every subscription that has clusters: what runs is listed where the cluster is, not the registry. */
export const runningImages: SharedCollector<'runningImages'> = {
  facet: 'runningImages',
  scope: 'shared',
  permissions: imageFindings.permissions,
  from: ['consumers'],
  async collect(azure, known, { observe }) {
    if (azure.cloud.name === 'china') return [];
    const places = placesOfClusters(known);
    const rows = places.length === 0 ? [] : await azure.graph(runningImagesQuery, places.map(subscriptionGuid));
    return Promise.all(
      places.map(async (subscription) => {
        const own = rows.filter((row) => sameId(placeOf(row), subscriptionGuid(subscription)));
        return {
          subscription,
          findings: await observe({
            permissions: imageFindings.permissions,
            scope: subscription,
            ask: async (azure, each) => {
              if (own.length === 0) await mayReadFindings(azure, subscription);
              return each(own, parseRunningImage);
            },
          }),
        };
      }),
    );
  },
};

const placeOf = (row: unknown): string => {
  const said = v.safeParse(v.object({ subscriptionId: text }), row);
  return said.success ? said.output.subscriptionId : '';
};
