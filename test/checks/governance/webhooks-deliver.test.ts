import check from '../../../checks/governance/webhooks-deliver.ts';
import type { Webhook } from '../../../src/model/facets/webhooks.ts';
import { testCheck } from '../../support.ts';

const hook = (name: string, actions: string[], status: Webhook['status'] = 'enabled'): Webhook => ({
  id: `/webhooks/${name}`,
  name,
  status,
  scope: '',
  actions,
  provisioningState: 'Succeeded',
});

testCheck(check, [
  [
    'pass',
    'it is on and waits for pushes',
    { webhooks: [hook('deploy', ['push'])] },
    { cites: ['webhooks/0/provisioningState', 'webhooks/0/status'] },
  ],
  ['pass', 'one of its two actions is retired', { webhooks: [hook('deploy', ['chart_push', 'push'])] }],
  [
    'fail',
    'it is off',
    { webhooks: [hook('scan', ['push']), hook('deploy', ['push'], 'disabled')] },
    { cites: ['webhooks/1/status'], fix: '--name deploy --registry <registry>' },
  ],
  [
    'fail',
    'it waits for charts only',
    { webhooks: [hook('helm', ['chart_push', 'chart_delete'])] },
    {
      cites: ['webhooks/0/actions'],
      fix: 'Delete webhook helm',
    },
  ],
  [
    'fail',
    'its last change failed',
    { webhooks: [{ ...hook('deploy', ['push']), provisioningState: 'Failed' }] },
    { cites: ['webhooks/0/provisioningState'], fix: 'Repeat the last change of webhook deploy' },
  ],
  ['unknown', 'ARM says nothing of it', { webhooks: [{ ...hook('deploy', [], null), provisioningState: null }] }],
  ['not-applicable', 'there is none', { webhooks: [] }],
  ['unknown', 'ARM left the status out', { webhooks: [hook('deploy', ['push'], null)] }],
  ['unknown', 'ARM named no action', { webhooks: [hook('deploy', [])] }],
]);
