import type { Registry } from '../../model/facets/registry.ts';
import { mayListTasks, type PublicAccess, publicAccess } from './public-access.ts';
import type { Works } from './stops.ts';
import { taskException } from './task-parts.ts';
import { namesOf, type TaskWay } from './task-ways.ts';

/** Callers that are no network of their own. */
export type Caller =
  | 'ACR Tasks'
  | 'Defender for Containers'
  | 'AKS kubelet'
  | 'Container Apps'
  | 'App Service'
  | 'Self-hosted agent'
  | 'az acr import'
  | 'GitHub-hosted runner';

/** One kind of caller that is no network of its own, and how it comes to the registry as it is now. */
export interface CallerReach {
  readonly caller: Caller;
  /** `by-network`: as any client of the network it is in. */
  readonly can: 'yes' | 'no' | 'unknown' | 'by-network';
  readonly how: string;
}

/** One network with known consumers, and whether pulls from it work. */
export interface CallerNetwork {
  readonly name: string;
  readonly who: readonly string[];
  readonly works: readonly Works[];
}

/**
 * Which callers get past the registry's network rules. The trusted services are a closed list: Container Instances,
 * Defender for Cloud, Machine Learning, and import; neither Tasks nor Container Apps nor App Service are in it.
 * Source: MicrosoftDocs allow-access-trusted-services.md, container-registry-import-images.md,
 * manage-network-bypass-policy-for-tasks.md.
 */
export function callersOf(
  registry: Registry,
  ways: readonly TaskWay[] | null,
  from: readonly CallerNetwork[],
  suffix: string,
): readonly CallerReach[] {
  const access = publicAccess(registry);
  const client = (caller: CallerReach['caller'], kind: RegExp | null, wants: string): CallerReach => ({
    caller,
    ...((kind && knownReach(kind, from)) ?? clientReach(access, wants, from)),
  });
  return [
    { caller: 'ACR Tasks', ...tasksReach(registry, ways, access) },
    {
      caller: 'Defender for Containers',
      ...(suffix === 'azurecr.cn' ? retired : trustedReach(registry, access, 'needs no identity or role of its own')),
    },
    { caller: 'AKS kubelet', ...(knownReach(/^cluster /, from) ?? noCluster) },
    client('Container Apps', /^container app /, 'needs an environment in such a network; it is no trusted service'),
    client(
      'App Service',
      /^web app /,
      'needs VNet integration, with image pulls routed over it; it is no trusted service',
    ),
    client('Self-hosted agent', null, 'must be in such a network'),
    { caller: 'az acr import', ...trustedReach(registry, access, 'give a closed source by its resource id') },
    { caller: 'GitHub-hosted runner', ...runnerReach(access) },
  ];
}

type Answer = Omit<CallerReach, 'caller'>;

const notTold: Answer = { can: 'unknown', how: "Azure's answer does not tell whom the public endpoint answers" };
/** Microsoft ended Defender for Cloud in Azure China on 18 August 2026. */
const retired: Answer = { can: 'no', how: 'Defender for Cloud is retired in Azure China' };
const open: Answer = { can: 'yes', how: 'the public endpoint answers every network' };

/** Like any client of the networks it is known in; `null` where it is known in none. */
function knownReach(kind: RegExp, from: readonly CallerNetwork[]): Answer | null {
  const pulls = from.filter(({ who }) => who.some((one) => kind.test(one)));
  if (pulls.length === 0) return null;
  const broken = brokenIn(pulls);
  if (broken.length > 0)
    return { can: 'no', how: `as any client of its network: broken in ${broken.join(', ')}, see above` };
  const open = pulls.some(({ works }) => works.includes('unknown'));
  return { can: open ? 'unknown' : 'yes', how: 'as any client of its network, see above' };
}

const brokenIn = (from: readonly CallerNetwork[]): readonly string[] =>
  from.filter(({ works }) => works.some((one) => one === 'no' || one === 'in part')).map(({ name }) => name);

const noCluster: Answer = {
  can: 'by-network',
  how: 'no cluster is known to pull: name clusters in the configuration file, as `consumers`',
};

function clientReach(access: PublicAccess | null, wants: string, from: readonly CallerNetwork[]): Answer {
  if (access === null) return notTold;
  const broken = brokenIn(from);
  if (access === 'open')
    return broken.length === 0
      ? open
      : { can: 'by-network', how: `${open.how}; from ${broken.join(', ')} it fails all the same, see above` };
  const also = access === 'selected' ? ', or from a public address that a rule lists' : '';
  return { can: 'by-network', how: `from a network that can pull, see above${also}: ${wants}` };
}

function trustedReach(
  { networkRuleBypassOptions: bypass }: Registry,
  access: PublicAccess | null,
  note: string,
): Answer {
  if (access === 'open') return open;
  if (access === null) return notTold;
  switch (bypass) {
    case 'AzureServices':
      return { can: 'yes', how: `a trusted service, which networkRuleBypassOptions lets in; ${note}` };
    case 'None':
      return { can: 'no', how: 'a trusted service, but networkRuleBypassOptions is None' };
    default:
      return { can: 'unknown', how: `networkRuleBypassOptions is ${bypass ?? 'not in the answer'}` };
  }
}

function tasksReach(registry: Registry, ways: readonly TaskWay[] | null, access: PublicAccess | null): Answer {
  if (access === 'open') return open;
  if (access === null) return notTold;
  const running = ways?.filter(({ by }) => by !== 'off') ?? [];
  const cut = running.flatMap((way) => (way.by === 'nowhere' ? [way.words] : []));
  if (cut.length > 0) return { can: 'no', how: cut.join('; ') };
  if (running.length > 0 && running.every(({ by }) => by === 'network'))
    return { can: 'by-network', how: 'every enabled task runs in an agent pool: see its network above' };
  const exception = taskException(registry);
  if ('verdict' in exception) return { can: 'unknown', how: exception.reason };
  if (exception.lets) return { can: 'yes', how: 'networkRuleBypassAllowedForTasks lets their system tokens pass' };
  const refused = running.filter((way) => way.by === 'token' && way.unless === null);
  if (refused.length === 0 && mayListTasks(registry))
    return { can: 'unknown', how: 'only if a rule lists the addresses of the service tag AzureContainerRegistry' };
  const doubts = running.flatMap((way) => (way.by === 'unclear' || way.by === 'another login' ? [way.why.reason] : []));
  if (refused.length === 0 && doubts.length > 0) return { can: 'unknown', how: [...new Set(doubts)].join('; ') };
  const which = refused.length > 0 ? ` (${namesOf(refused)})` : '';
  return {
    can: 'no',
    how: `tasks on shared agents${which} get 403 with a system-assigned identity, and so does az acr build; a task in an agent pool comes as any client of the pool's network`,
  };
}

function runnerReach(access: PublicAccess | null): Answer {
  switch (access) {
    case 'open':
      return open;
    case 'disabled':
      return { can: 'no', how: 'it has no private way: use a self-hosted runner, or one with private networking' };
    case 'selected':
      return {
        can: 'no',
        how: 'its address changes with every run, unless it is a larger runner with a listed static one',
      };
    case null:
      return notTold;
  }
}
