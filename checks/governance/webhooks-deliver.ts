import { acrWebhookOn, defineCheck, fail, manual, notApplicable, pass, shellWord, untold } from '../../src/check.ts';

export default defineCheck({
  id: 'webhooks-deliver',
  title: 'Every webhook is on and waits for an event that can happen',
  problem: 'A webhook is off, or waits for events that no longer happen',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'A webhook that never fires is a broken automation or a leftover; either wants a decision.',
  since: '1.0',
  alsoKnownAs: ['checkov CKV2_AZURE_30'],
  differs:
    'That one reads the address in Terraform; on a live registry the address is a secret that is never asked for.',
  area: 'governance',
  needs: ['webhooks'],

  why: 'What the webhook should set off (a deployment, a scan, a promotion) does not happen, and nothing reports an error.',
  symptom: 'A push is not followed by the deployment or scan that used to follow it.',
  cause:
    'Somebody switched it off during an incident, or it listens to chart_push and chart_delete, which ended with Helm repositories of the old kind.',
  confirm: [
    'az acr webhook list --registry <registry> --subscription <subscription> --query "[].[name, status, actions]"',
  ],
  fix: {
    steps: [acrWebhookOn('<webhook>')],
    breaks:
      'The receiver gets calls again: see that it still exists and is still the right one, or delete the webhook.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-webhook'],

  evaluate({ webhooks }) {
    if (webhooks.length === 0) return notApplicable('the registry has no webhook');
    const seen = webhooks.map(({ name, status, actions }, index) => ({
      name,
      status: { at: `webhooks/${index}/status` as const, about: name, saw: status },
      actions: { at: `webhooks/${index}/actions` as const, about: name, saw: actions },
      dead: actions.length > 0 && actions.every((action) => action.startsWith('chart_')),
    }));
    const off = seen.filter(({ status }) => status.saw === 'disabled');
    const dead = seen.filter((webhook) => webhook.dead);
    if (off.length + dead.length > 0)
      return fail(
        [
          ...off.map(({ status }) => ({ ...status, wanted: 'enabled' })),
          ...dead.map(({ actions }) => ({ ...actions, wanted: 'push, delete or quarantine' })),
        ],
        undefined,
        [
          ...off.filter((webhook) => !webhook.dead).map(({ name }) => acrWebhookOn(name)),
          ...dead.map(({ name }) =>
            manual(
              `Delete it: az acr webhook delete --registry <registry> --subscription <subscription> --name ${shellWord(name)}`,
            ),
          ),
        ],
      );
    const strange = seen.find(({ status }) => status.saw !== 'enabled');
    if (strange) return untold(`the status of ${strange.name} is ${strange.status.saw ?? 'missing'}`);
    const idle = seen.find(({ actions }) => actions.saw.length === 0);
    if (idle) return untold(`Azure's answer names no action of ${idle.name}`);
    return pass(seen.map(({ status }) => status));
  },
});
