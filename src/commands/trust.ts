import { announcesQuarantine } from '../facts/posture/quarantine.ts';
import type { Policy, Registry } from '../model/facets/registry.ts';
import type { AzStep } from '../model/step.ts';
import { onRegistry } from './az.ts';

/** `az acr config content-trust update --status disabled`. */
export const acrContentTrustOff = (): AzStep => ({
  az: 'az acr config content-trust update --registry <registry> --subscription <subscription> --status disabled',
  effect: onRegistry((registry) => ({
    ...registry,
    policies: { ...registry.policies, trust: { status: 'disabled' } satisfies Policy },
  })),
});

/** There is no az acr command for it. Refused by us, not by ARM: without a promoter nothing new could be pulled. */
export const acrQuarantineOn = (): AzStep => ({
  az: 'az resource update --ids <registry-id> --set properties.policies.quarantinePolicy.status=enabled',
  effect: (facts) =>
    facts.webhooks?.some(announcesQuarantine)
      ? onRegistry((registry) => withQuarantine(registry, 'enabled'))(facts)
      : { refused: 'no enabled webhook announces quarantined images, so that nothing would promote them' },
});

/** Every image that is held back becomes pullable. */
export const acrQuarantineOff = (): AzStep => ({
  az: 'az resource update --ids <registry-id> --set properties.policies.quarantinePolicy.status=disabled',
  effect: onRegistry((registry) => withQuarantine(registry, 'disabled')),
});

const withQuarantine = (registry: Registry, status: 'enabled' | 'disabled'): Registry => ({
  ...registry,
  policies: { ...registry.policies, quarantine: { status } },
});
