import { commands, defineCheck, verdict } from '../../src/check.ts';

const settled: readonly (string | null)[] = ['Succeeded', 'Creating', 'Updating'];

export default defineCheck({
  id: 'webhooks-deliver',
  title: 'Every webhook is on and waits for an event that can happen',
  problem: 'A webhook is off, failed, or waits for events that no longer happen',
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
    steps: [commands.acrWebhookOn('<webhook>')],
    breaks:
      'The receiver gets calls again: see that it still exists and is still the right one, or delete the webhook.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-webhook'],

  evaluate: ({ webhooks }) =>
    verdict.on(
      webhooks.map(({ name, status, actions, provisioningState }, index): verdict.Part => {
        const thing = `webhook/${name}`;
        const at = `webhooks/${index}` as const;
        const states = { at: `${at}/status` as const, about: name, saw: status };
        const made = { at: `${at}/provisioningState` as const, about: name, saw: provisioningState };
        if (actions.length > 0 && actions.every((action) => action.startsWith('chart_')))
          return verdict.bad(
            thing,
            { at: `${at}/actions`, about: name, saw: actions, wanted: 'push, delete or quarantine' },
            `Webhook ${name} waits for charts of a kind that is retired`,
            { steps: [commands.manual(`Delete webhook ${name}: nothing calls it any more.`)] },
          );
        if (status === 'disabled')
          return verdict.bad(thing, { ...states, wanted: 'enabled' }, `Webhook ${name} is off`, {
            steps: [commands.acrWebhookOn(name)],
          });
        if (provisioningState === 'Failed')
          return verdict.bad(thing, { ...made, wanted: 'Succeeded' }, `The last change of webhook ${name} failed`, {
            steps: [commands.manual(`Repeat the last change of webhook ${name}, or make it again.`)],
          });
        if (status !== 'enabled')
          return verdict.unclear(thing, verdict.untold(`the status of webhook ${name} is ${status ?? 'not told'}`));
        if (!settled.includes(provisioningState))
          return verdict.unclear(
            thing,
            verdict.untold(`the provisioningState of webhook ${name} is ${provisioningState ?? 'not told'}`),
          );
        return actions.length === 0
          ? verdict.unclear(thing, verdict.untold(`Azure's answer names no action of webhook ${name}`))
          : verdict.good(thing, [states, made]);
      }),
      'the registry has no webhook',
    ),
});
