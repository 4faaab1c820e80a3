import * as v from 'valibot';
import { imageFindingsQuery } from '../facts/posture/image-findings-query.ts';
import type { ImageFinding } from '../model/facets/image-findings.ts';
import { subscriptionGuid } from '../model/ids.ts';
import type { SubscriptionCollector } from './collector.ts';
import { number, read, text } from './read.ts';

const wire = v.object({
  host: text,
  repository: text,
  digest: text,
  critical: number,
  high: number,
  other: number,
  unrated: number,
});

export const parseImageFinding = (row: unknown): ImageFinding => read('the findings of an image', wire, row);

export const imageFindings: SubscriptionCollector<'imageFindings'> = {
  facet: 'imageFindings',
  scope: 'subscription',
  permissions: ['Microsoft.Security/assessments/read', 'Microsoft.Security/assessments/subAssessments/read'],
  async collect(azure, subscription) {
    // Defender for Cloud was retired in Azure China: there is nobody to ask, and the check says so.
    if (azure.cloud.name === 'china') return [];
    return (await azure.graph(imageFindingsQuery, [subscriptionGuid(subscription.id)])).map(parseImageFinding);
  },
};
