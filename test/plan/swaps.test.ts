import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { emulate, type TenantDocument } from '../../src/emulator/index.ts';
import type { Values } from '../../src/engine/in-cloud.ts';
import type { PlanStep } from '../../src/pages/plan.ts';
import { planOf } from '../../src/plan/plan.ts';
import { tenants } from '../az/apply-tenants.ts';
import { acrPush, app, drawn, endpointsSubnet, inside, kubelet, workspace } from '../az/tenants.ts';
import { seenIn } from '../emulated.ts';
import { azOver } from './az.ts';
import { carriedOut, personsPart } from './carried-out.ts';

const answers = {
  'subnet-id': endpointsSubnet,
  'workspace-id': workspace,
  recovery: 'retention',
};
/** Whoever still needs the public endpoint keeps it from being closed: it is narrowed. */
const narrowing = { ...answers, 'address-range': '198.51.100.7' };

/** A step that comes first, one that comes after it, and who refuses or loses what where they change places. */
type Dependent = readonly [first: string, then: string, otherwise: RegExp];

const cut = /ends: network vnet-shop reaches/;
const privateWay: readonly Dependent[] = [
  ['private-dns zone create', 'dns-zone-group create', /ParentResourceNotFound/],
  ['private-dns zone create', 'link vnet create', /ParentResourceNotFound/],
  ['private-endpoint create', 'dns-zone-group create', /ParentResourceNotFound/],
  ['dns-zone-group create', 'link vnet create', cut],
  ['dns-zone-group create', '--default-action Deny', cut],
  ['dns-zone-group create', '--public-network-enabled false', cut],
  ['link vnet create', '--default-action Deny', cut],
  ['link vnet create', '--public-network-enabled false', cut],
  ['network-rule add', '--default-action Deny', /Deny ends: 198\.51\.100\.7 reaches/],
  ['--public-network-enabled false', '--allow-exports false', /exports can only be disabled while/],
];
const premium: readonly Dependent[] = [
  ['--sku Premium', 'private-endpoint create', /private endpoints need Premium/],
  ['--sku Premium', 'network-rule add', /network rules need Premium/],
  ['--sku Premium', '--data-endpoint-enabled true', /data endpoints need Premium/],
  ['--sku Premium', '--default-action Deny', /network rules need Premium/],
  ['--sku Premium', '--public-network-enabled false', /needs Premium/],
  ['--sku Premium', 'retention update', /retention policy needs Premium/],
];

const plans = {
  'the worst case': {
    document:
      tenants[
        'the worst case: Standard, admin user, public, no log, no scan, a purge of everything, an app with the password'
      ].drawn,
    dependent: [
      ...premium,
      ...privateWay,
      [
        'Give container app web',
        '--admin-enabled false',
        /ends: container app web logs in to contososhop as its admin/,
      ],
    ],
  },
  'nodes that may push, and a map of nobody': {
    document: drawn({
      sku: 'Premium',
      defender: 'Standard',
      logged: true,
      kubeletRole: acrPush,
      beside: [inside('scopeMaps', 'old', { type: 'UserDefined', actions: ['repositories/old/content/read'] })],
    }),
    dependent: [
      ...privateWay,
      [
        `role assignment create --assignee-object-id ${kubelet}`,
        'role assignment delete',
        /ends: cluster aks-shop may pull/,
      ],
      ['scope-map delete', 'lock create', /ScopeLocked/],
    ],
  },
  'Basic, with an app': {
    document: drawn({ sku: 'Basic', registry: { adminUserEnabled: true }, beside: [app] }),
    dependent: [
      ...premium,
      ...privateWay,
      [
        'Give container app web',
        '--admin-enabled false',
        /ends: container app web logs in to contososhop as its admin/,
      ],
    ],
  },
} as const satisfies Record<string, { document: TenantDocument; dependent: readonly Dependent[] }>;

const judging = { checks, profile: 'recommended' } as const;
const planFor = async (document: TenantDocument, answers: Values): Promise<readonly PlanStep[]> =>
  planOf(await seenIn(emulate(document)), judging, { answers, only: [], until: null, onlySafe: false }).steps;

const isDone = ({ state }: PlanStep): boolean => state === 'runs' || state === 'person';

describe.each(Object.entries(plans))('%s', (_, { document, dependent }) => {
  const plans = { closing: planFor(document, answers), narrowing: planFor(document, narrowing) };
  const planned = plans.closing;

  /** The steps from `from` on, after those before it. */
  async function faultsOf(steps: readonly PlanStep[], from: number, until: RegExp | null) {
    const emulator = emulate(document, { takesWrites: true });
    const az = azOver(emulator);
    const byHand = personsPart(emulator);
    for (const step of steps.slice(0, from))
      if (step.state === 'runs') az.run(step.words);
      else if (step.state === 'person') byHand(step);
    const admitted = narrowing['address-range'];
    return (await carriedOut(emulator, az, steps.slice(from), { byHand, until, admitted: until && admitted })).faults;
  }

  test.each(['closing', 'narrowing'] as const)('%s, as it is, nobody refuses or loses anything', async (kind) => {
    expect(await faultsOf(await plans[kind], 0, null)).toEqual([]);
  });

  test('the public endpoint is closed, or narrowed for whoever needs it, and never both', async () => {
    const texts = async (kind: keyof typeof plans) =>
      (await plans[kind])
        .filter(isDone)
        .map(({ text }) => text)
        .join('\n');
    const [closing, narrowing] = [await texts('closing'), await texts('narrowing')];
    expect(closing).toMatch(/--public-network-enabled false/);
    expect(closing).not.toMatch(/network-rule add|--default-action Deny/);
    expect(narrowing).toMatch(/network-rule add [^\n]*198\.51\.100\.7[\s\S]*--default-action Deny/);
    expect(narrowing).not.toMatch(/--public-network-enabled false|--allow-exports false/);
    expect((await plans.narrowing).find(({ text }) => text.includes('--public-network-enabled false'))).toMatchObject({
      state: 'refused',
      because: expect.stringContaining('198.51.100.7 still needs the public endpoint'),
    });
  });

  test.each(dependent)('%s comes before %s', async (first, then, otherwise) => {
    const isRule = [first, then].some((part) => /network-rule|default-action/.test(part));
    const steps = (await plans[isRule ? 'narrowing' : 'closing']).filter(isDone);
    const at = (part: string) => steps.findIndex(({ text }) => text.includes(part));
    const [i, j] = [at(first), at(then)];
    const [one, other] = [steps[i], steps[j]];
    if (!one || !other) throw new Error('the plan has no such steps');
    expect(i).toBeLessThan(j);
    const swapped = steps
      .slice(0, j + 1)
      .with(i, other)
      .with(j, one);
    expect((await faultsOf(swapped, i, otherwise)).join('\n')).toMatch(otherwise);
  });

  test('without the zone, the zone group is refused too', async () => {
    const steps = (await planned).filter(({ text }) => !text.includes('private-dns zone create'));
    const group = steps.findIndex(({ text }) => text.includes('dns-zone-group create'));
    expect((await faultsOf(steps.slice(0, group + 1), group, null)).join()).toMatch(
      /privateDnsZones\/privatelink\.azurecr\.io referenced by/,
    );
  });

  test('every step that waits for the one before it is among them', async () => {
    const steps = await planned;
    const told = (one: PlanStep, other: PlanStep) =>
      dependent.some(([first, then]) => one.text.includes(first) && other.text.includes(then));
    expect(
      steps.flatMap((step) =>
        step.state !== 'runs'
          ? []
          : step.after.flatMap((number) => {
              const before = steps[number - 1];
              return before?.state === 'runs' && !told(before, step)
                ? [`${before.text} comes before ${step.text}`]
                : [];
            }),
      ),
    ).toEqual([]);
  });
});
