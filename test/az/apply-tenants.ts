import { acrPull, acrPush, app, drawn, inside, nightly, registry, setting, task } from './tenants.ts';

/**
 * The scripts that plan prints, run by the real azure-cli against an Azure Resource Manager that refuses what Azure
 * refuses. `left` is what a person has to do; everything else that failed is mended afterwards, and nothing new fails.
 */
const watched = { defender: 'Standard', logged: true } as const;
const off = { status: 'disabled' };

export const tenants = {
  'the worst case: Standard, admin user, public, no log, no scan, a purge of everything, an app with the password': {
    drawn: drawn({
      registry: { adminUserEnabled: true },
      beside: [app, task('purge', "version: v1.1.0\nsteps:\n  - cmd: acr purge --filter '.*:.*' --ago 30d\n", nightly)],
    }),
    left: ['apps-pull-keyless', 'purge-commands-safe', 'purges-have-a-safety-net'],
  },
  'a cluster that pulls over the public endpoint': {
    drawn: drawn({ sku: 'Premium', ...watched, kubeletRole: acrPull }),
    left: [],
  },
  'nodes that may push': {
    drawn: drawn({ sku: 'Premium', ...watched, kubeletRole: acrPush }),
    left: [],
  },
  'a token whose password never expires, and a map of nobody': {
    drawn: drawn({
      sku: 'Premium',
      ...watched,
      beside: [
        inside('scopeMaps', 'ci', { type: 'UserDefined', actions: ['repositories/app/content/read'] }),
        inside('scopeMaps', 'old', { type: 'UserDefined', actions: ['repositories/old/content/read'] }),
        inside('tokens', 'ci', {
          status: 'enabled',
          scopeMapId: `${registry}/scopeMaps/ci`,
          credentials: { passwords: [{ name: 'password1', creationTime: '2025-01-01T00:00:00Z' }] },
        }),
      ],
    }),
    left: [],
  },
  'half a log and a webhook that is off': {
    drawn: drawn({
      sku: 'Premium',
      defender: 'Standard',
      beside: [
        setting('half', ['ContainerRegistryLoginEvents']),
        inside('webhooks', 'deploy', { status: 'disabled', scope: '', actions: ['push'] }),
      ],
    }),
    left: [],
  },
  'anonymous pull and content trust': {
    drawn: drawn({
      sku: 'Premium',
      ...watched,
      registry: {
        anonymousPullEnabled: true,
        policies: {
          quarantinePolicy: off,
          trustPolicy: { type: 'Notary', status: 'enabled' },
          retentionPolicy: { days: 7, ...off },
          exportPolicy: { status: 'enabled' },
          azureADAuthenticationAsArmPolicy: { status: 'enabled' },
          softDeletePolicy: { retentionDays: 7, ...off },
        },
      },
    }),
    left: [],
  },
} as const;
