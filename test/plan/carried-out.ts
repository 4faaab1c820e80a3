import type { Emulator } from '../../src/emulator/index.ts';
import { roleIds } from '../../src/facts/access/roles.ts';
import { type Facet, facets } from '../../src/model/facets.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { PlanPage, PlanStep } from '../../src/pages/plan.ts';
import { lostBetween } from '../../src/plan/rehearsal.ts';
import { acrPull, assigned, registry, thing } from '../az/tenants.ts';
import { seenIn } from '../emulated.ts';
import type { Az } from './az.ts';

const appIdentity = '00000000-0000-0000-0000-000000000a09';

/** What a person is told to do, where the tests can do it; `said`: the plan goes on without. */
type ByHand = (step: PlanStep) => 'done' | 'said' | 'refused';

/** What came of a plan that was carried out, step by step, on an emulated tenant. */
export interface CarriedOut {
  /** What Azure refuses, and who loses a way or a right on the way. */
  readonly faults: readonly string[];
  readonly end: Snapshot;
  /** The steps that were run. */
  readonly ran: number;
  /** Somebody would not say that a step by hand was done. */
  readonly stopped: boolean;
}

interface Carrying {
  readonly byHand?: ByHand;
  /** An address that is no network of Azure's, whose way in is watched too. */
  readonly admitted?: string | null;
  /** Stops at the first fault that reads so. */
  readonly until?: RegExp | null;
}

/** Who can pull is seen anew after each of these: Azure itself says what has become of names, records and rights. */
const decisive: ReadonlySet<Facet> = new Set(
  (Object.keys(facets) as Facet[]).filter((facet) =>
    [
      'registry',
      'replications',
      'privateEndpoints',
      'privateDns',
      'networks',
      'consumers',
      'appConsumers',
      'roleAssignments',
      'federatedCredentials',
      'denyAssignments',
      'agentPools',
      'tasks',
    ].includes(facet),
  ),
);

/** Runs the steps that a plan calls runnable, in its order, and looks after each at what Azure says of those who pull. */
export async function carriedOut(
  emulator: Emulator,
  az: Az,
  steps: PlanPage['steps'],
  { byHand = personsPart(emulator), admitted = null, until = null }: Carrying = {},
): Promise<CarriedOut> {
  const faults: string[] = [];
  let ran = 0;
  let end = await seenIn(emulator, decisive);
  for (const step of steps) {
    if (step.state === 'person') {
      const part = byHand(step);
      if (part === 'refused') return { faults, end, ran, stopped: true };
      if (part === 'done') end = await seenIn(emulator, decisive);
      continue;
    }
    if (step.state !== 'runs') continue;
    if (step.words.some((word) => word.includes('<'))) faults.push(`${step.number}. ${step.text} has no value yet`);
    const refused = az.run(step.words);
    if (refused !== null) faults.push(`${step.number}. ${step.text}: ${refused}`);
    ran += 1;
    const after = await seenIn(emulator, decisive);
    const { cutOff, unproven } = lostBetween(end, after);
    const shut = admitted !== null && admits(end, admitted) && !admits(after, admitted);
    for (const use of [...cutOff, ...unproven, ...(shut ? [`${admitted} reaches it`] : [])])
      faults.push(`${step.number}. ${step.text} ends: ${use}`);
    end = after;
    if (until !== null && faults.some((fault) => until.test(fault))) break;
  }
  return { faults, end, ran, stopped: false };
}

const admits = ({ registries }: Snapshot, address: string): boolean =>
  registries.some(({ facets: { registry } }) => {
    if (registry?.state !== 'observed' || registry.value.publicNetworkAccess === 'Disabled') return false;
    const rules = registry.value.networkRuleSet;
    return rules?.defaultAction !== 'Deny' || (rules.ipRules ?? []).includes(address);
  });

/**
 * Whoever owns a lock lifts it, and puts it back; whoever owns an app gives it an identity. Nobody says that a way is
 * proven that nobody has proven.
 */
export function personsPart({ answer }: Emulator): ByHand {
  const locks = new Map<string, string>();
  const ask = (method: string, lock: string, body: string | null = null) =>
    answer({ method, url: new URL(`https://management.azure.com${lock}?api-version=2020-05-01`), body });
  const move = (app: string): void => {
    const url = (version: string, path: string) =>
      new URL(`https://management.azure.com${path}?api-version=${version}`);
    const id = thing('Microsoft.App/containerApps', app);
    const found = JSON.parse(answer({ method: 'GET', url: url('2025-01-01', id), body: null }).body);
    const [first] = found.properties.configuration.registries;
    const configuration = { registries: [{ server: first.server, identity: 'system' }], secrets: [] };
    const moved = {
      ...found,
      identity: { type: 'SystemAssigned', principalId: appIdentity },
      properties: { ...found.properties, configuration },
    };
    const { properties } = JSON.parse(answer({ method: 'GET', url: url('2025-11-01', registry), body: null }).body);
    const isAbac = properties.roleAssignmentMode === 'AbacRepositoryPermissions';
    const role = assigned(appIdentity, isAbac ? roleIds.repositoryReader : acrPull);
    for (const [path, version, body] of [
      [id, '2025-01-01', moved],
      [role.id, '2022-04-01', role],
    ] as const)
      if (answer({ method: 'PUT', url: url(version, path), body: JSON.stringify(body) }).status >= 400)
        throw new Error(`${path} is not taken`);
  };
  return ({ text }) => {
    const [, name, scope, done] = /^Have (?:whoever owns )?the lock (\S+) at (\S+) (lift it|put back)/.exec(text) ?? [];
    const id = `${scope}/providers/Microsoft.Authorization/locks/${name}`;
    if (done === 'lift it') {
      locks.set(id, ask('GET', id).body);
      ask('DELETE', id);
    } else if (done === 'put back') ask('PUT', id, locks.get(id) ?? null);
    const [, app] = /^Give container app (\S+) a managed identity/.exec(text) ?? [];
    if (app !== undefined) move(app);
    if (done !== undefined || app !== undefined) return 'done';
    return text.startsWith('Confirm first') ? 'refused' : 'said';
  };
}
