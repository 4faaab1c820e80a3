import * as v from 'valibot';
import type { SecretEvent } from '../model/facets/activity-log.ts';
import { byText } from '../model/ids.ts';
import type { SubscriptionCollector } from './collector.ts';
import { maybe, read, text, told } from './read.ts';

/** Azure/azure-rest-api-specs, monitor/resource-manager/Microsoft.Insights/stable/2015-04-01, ActivityLogs_List. */
const apiVersion = '2015-04-01';

/** Azure keeps 90 days and refuses a question that begins earlier; the hour is for clocks that differ. */
const kept = 90 * 24 - 1;

/** Pages hold about 200 events; every build of every task is three. */
const mostPages = 20;

/** Left out: the claims of whoever asked. */
const fields = 'caller,eventTimestamp,operationName,resourceId,status';

const namespace = 'Microsoft.ContainerRegistry/registries/';

const wire = v.object({
  resourceId: text,
  operationName: v.object({ value: text }),
  eventTimestamp: text,
  caller: maybe(text),
  status: told(v.object({ value: told(text) })),
});

export function parseSecretEvent(body: unknown): SecretEvent {
  const { resourceId, operationName, eventTimestamp, caller, status } = read('an event of the log', wire, body);
  return {
    registry: resourceId,
    action: operationName.value.slice(namespace.length),
    caller,
    at: eventTimestamp,
    status: status?.value ?? null,
  };
}

/** Asked once a subscription. Of all that happens to registries only who was handed a password is kept. */
export const activityLog: SubscriptionCollector<'activityLog'> = {
  facet: 'activityLog',
  scope: 'subscription',
  permissions: ['Microsoft.Insights/eventtypes/values/read'],
  async collect(azure, subscription, { now, each }) {
    const since = new Date(Date.parse(now) - kept * 3_600_000).toISOString();
    const filter = `eventTimestamp ge '${since}' and eventTimestamp le '${now}' and resourceProvider eq 'Microsoft.ContainerRegistry'`;
    const { items, whole } = await azure.firstPages(
      `${subscription.id}/providers/Microsoft.Insights/eventtypes/management/values?$filter=${encodeURIComponent(filter)}&$select=${fields}`,
      apiVersion,
      mostPages,
    );
    const secrets = await each(items.filter(mayBeAboutSecrets), parseSecretEvent);
    return { since, whole, secrets: secrets.sort((a, b) => byText(b.at, a.at)) };
  },
};

const secretActions = /^Microsoft\.ContainerRegistry\/registries\/(?:listCredentials|regenerateCredential)\/action$/i;

/** An event whose operation cannot be made out may be one: it stays, to be an unread entry. */
function mayBeAboutSecrets(body: unknown): boolean {
  const named = v.safeParse(v.object({ operationName: v.object({ value: text }) }), body);
  return !named.success || secretActions.test(named.output.operationName.value);
}
