import type { Webhook } from './facets/webhooks.ts';

/** Whether a promoter can hear of a quarantined image: a `push` webhook is withheld until the image has passed. */
export const announcesQuarantine = (webhook: Webhook): boolean =>
  webhook.status === 'enabled' && webhook.actions.includes('quarantine');
