import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { TenantDocument } from '../../src/emulator/index.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { type Report, saidBy, verdictsOf } from '../../src/pages/report.ts';
import { collected, usualFacets } from '../emulated.ts';
import { tenants } from '../network/tenants.ts';

const another = '00000000-0000-0000-0000-0000000000f1';

/** The same tenant with one subscription more, which shows its name and not one thing in it. */
const withUnreadable = (tenant: TenantDocument, actions: readonly string[]): TenantDocument => ({
  ...tenant,
  subscriptions: [...tenant.subscriptions, { subscriptionId: another, displayName: 'Locked', state: 'Enabled' }],
  denied: [...(tenant.denied ?? []), ...actions.map((action) => ({ scope: `/subscriptions/${another}`, action }))],
});

const everything = [
  'App',
  'Authorization',
  'ContainerInstance',
  'ContainerRegistry',
  'ContainerService',
  'Insights',
  'KeyVault',
  'ManagedIdentity',
  'Network',
  'Security',
  'Storage',
  'Web',
].map((provider) => `Microsoft.${provider}/*`);

/** What tells whose an identity is: the clusters, the apps and the user-assigned identities of a subscription. */
const identities = [
  'Microsoft.App/*',
  'Microsoft.ContainerInstance/*',
  'Microsoft.ContainerService/*',
  'Microsoft.ManagedIdentity/*',
  'Microsoft.Web/*',
];

const judged = async (tenant: TenantDocument): Promise<Report> =>
  evaluate(await collected(tenant, usualFacets), { checks, profile: 'regulated' });

/** The principals that hold a role at the registry or its group, and that are no identity of anything in the tenant. */
function unseenPrincipals({ resources }: TenantDocument, registry: string): readonly string[] {
  const group = registry.replace(/\/providers\/.*$/, '');
  const isRole = ({ id }: { id: string }) => /\/roleAssignments\//i.test(id);
  const others = JSON.stringify(resources.filter((one) => !isRole(one))).toLowerCase();
  const isIdentity = (id: string) => ['principalid', 'objectid'].some((key) => others.includes(`"${key}":"${id}"`));
  return resources.filter(isRole).flatMap(({ properties }) => {
    const { scope = '', principalId = '', principalType } = properties as Readonly<Record<string, string>>;
    const isOwn = [registry, group].some((own) => own.toLowerCase() === scope.toLowerCase());
    const isPerson = ['user', 'group', 'foreigngroup'].includes((principalType ?? '').toLowerCase());
    return isOwn && !isPerson && !isIdentity(principalId.toLowerCase()) ? [principalId] : [];
  });
}

/** Each pass that is none any more, with what is said instead. */
const lost = (before: Report, after: Report) =>
  before.subjects.flatMap((subject) => {
    const now = after.subjects.find(({ id }) => id === subject.id);
    const verdicts: Partial<ReturnType<typeof verdictsOf>> = now ? verdictsOf(now) : {};
    return Object.entries(verdictsOf(subject))
      .filter(([check, verdict]) => verdict === 'pass' && verdicts[check] !== 'pass')
      .map(([check]) => ({ subject, check, says: wordsOf(now, check) }));
  });

function wordsOf(subject: Report['subjects'][number] | undefined, check: string): string {
  const finding = subject?.findings.find((one) => one.check === check);
  return finding ? saidBy(finding) : 'nothing';
}

/** How many passes went, over all tenants. */
const gone = { registries: 0, passes: 0 };

describe.each(tenants)('%s', (_, tenant) => {
  test.each([
    ['nothing of a subscription more can be read', everything],
    ['whose the identities of a subscription more are cannot be read', identities],
  ])('%s: no pass goes but of a registry that names somebody unseen', async (_how, actions) => {
    const went = lost(await judged(tenant), await judged(withUnreadable(tenant, actions)));
    for (const { subject, check, says } of went)
      expect([subject.name, check, says, unseenPrincipals(tenant, subject.id).length > 0]).toEqual([
        subject.name,
        check,
        expect.stringContaining('none of the identities seen'),
        true,
      ]);
    gone.registries += new Set(went.map(({ subject }) => subject.id)).size;
    gone.passes += went.length;
  });
});

test('and of those that do, some pass goes', () => {
  expect(gone.registries).toBeGreaterThan(0);
  expect(gone.passes).toBeGreaterThanOrEqual(gone.registries);
});
