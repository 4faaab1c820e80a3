import { expect, test } from 'vitest';
import { parseWebhook } from '../../src/collect/webhooks.ts';
import { bodiesOf } from './corpus.ts';

test('a webhook, without where it calls', () => {
  const properties = {
    status: 'Enabled',
    scope: '',
    actions: ['Quarantine', 'push'],
    provisioningState: 'Succeeded',
    serviceUri: 'https://user:secret@example.com',
    customHeaders: { Authorization: 'secret' },
  };
  expect(parseWebhook({ id: '/w', name: 'w', location: 'x', properties })).toEqual({
    id: '/w',
    name: 'w',
    status: 'enabled',
    scope: '',
    actions: ['quarantine', 'push'],
    provisioningState: 'Succeeded',
  });
});

const bodies = bodiesOf('webhooks');
test.skipIf(bodies === null)('every recorded webhook can be read', () => {
  expect((bodies ?? []).map(parseWebhook).filter(({ status }) => status === 'disabled')).not.toEqual([]);
});
