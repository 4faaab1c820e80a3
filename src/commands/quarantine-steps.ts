import type { QuarantineWebhook } from '../facts/posture/quarantine.ts';
import type { Step } from '../model/step.ts';
import { acrWebhookOn } from './governance.ts';
import { manual } from './manual.ts';
import { word } from './words.ts';

/** What makes a webhook tell of every image that waits: the least change to one that is there, else a new one. */
export function announceQuarantine(hooks: readonly QuarantineWebhook[]): readonly Step[] {
  const off = hooks.find(({ tells, scope }) => tells === 'nothing' && ['', '*', '*:*'].includes(scope));
  if (off) return [acrWebhookOn(off.name), proof];
  const [narrow] = hooks;
  return [
    manual(
      narrow
        ? `Let webhook ${narrow.name}, which is for ${narrow.scope} alone, tell of the whole registry: az acr webhook update --name ${word(narrow.name)} --registry <registry> --resource-group <group> --subscription <subscription> --status enabled --scope ""`
        : 'Give the promoter a webhook: az acr webhook create --registry <registry> --subscription <subscription> --name quarantine --actions quarantine --uri <promoter>',
    ),
    proof,
  ];
}

const proof = manual(
  'Prove that a new image is announced, promoted and pulled. Switching quarantine off is the last resort.',
);

/** Who promotes is for a person to say: it is the identity of the scanner. */
export const givePromoter = (): Step =>
  manual(
    'Give the identity of the system that scans and promotes AcrQuarantineWriter on the registry, and prove that a new image gets Passed. Switching quarantine off is the last resort: every waiting image can be pulled at once then, scanned or not.',
  );
