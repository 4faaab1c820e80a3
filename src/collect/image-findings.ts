import * as v from 'valibot';
import { imageFindingsQuery } from '../facts/posture/image-findings-query.ts';
import type { ImageFinding } from '../model/facets/image-findings.ts';
import { subscriptionGuid } from '../model/ids.ts';
import { type Azure, AzureError } from './azure.ts';
import type { SubscriptionCollector } from './collector.ts';
import { number, read, text } from './read.ts';

/** What a row tells of one image. */
export const findingWire = {
  host: text,
  repository: text,
  digest: text,
  critical: number,
  high: number,
  other: number,
  unrated: number,
};

const wire = v.object(findingWire);

export const parseImageFinding = (row: unknown): ImageFinding => read('the findings of an image', wire, row);

export const imageFindings: SubscriptionCollector<'imageFindings'> = {
  facet: 'imageFindings',
  scope: 'subscription',
  permissions: ['Microsoft.Security/assessments/read', 'Microsoft.Security/assessments/subAssessments/read'],
  async collect(azure, subscription, { each }) {
    // Defender for Cloud was retired in Azure China: there is nobody to ask, and the check says so.
    if (azure.cloud.name === 'china') return [];
    const rows = await azure.graph(imageFindingsQuery, [subscriptionGuid(subscription.id)]);
    if (rows.length === 0) await mayReadFindings(azure, subscription.id);
    return each(rows, parseImageFinding);
  },
};

const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Resource Graph leaves out what one may not read and says nothing of it, so that no row may be no right. ARM says which:
 * it checks the right before it looks for the thing. Rejects where a right is missing; nothing is there to be found.
 */
export async function mayReadFindings(azure: Azure, subscription: string): Promise<void> {
  const assessment = `${subscription}/providers/Microsoft.Security/assessments/${nobody}`;
  for (const [path, version] of [
    [assessment, '2020-01-01'],
    [`${assessment}/subAssessments/${nobody}`, '2019-01-01-preview'],
  ] as const) {
    try {
      await azure.get(path, version);
    } catch (error) {
      // Not found, not known in this version, or a provider that was never registered: it was looked for.
      if (!(error instanceof AzureError && [400, 404, 409].includes(error.status ?? 0))) throw error;
    }
  }
}
