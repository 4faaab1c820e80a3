import type { Registry } from '../../model/facets/registry.ts';
import { notSaid, type Observation, type Observations, type Unknown, untold } from '../../model/outcome.ts';
import { bad, good, type Part, unclear } from '../../model/parts.ts';
import { namesOf, quickRun, type TaskWay } from './task-ways.ts';

/** Whether a registry makes an exception from its network rules for its tasks' tokens. */
export type TaskException = { readonly lets: boolean; readonly seen: Observations } | Unknown;

/** The one place that reads the switch, and what it is worth. */
export function taskException({
  networkRuleBypassAllowedForTasks: allowed,
  networkRuleBypassOptions: bypass,
}: Registry): TaskException {
  const flag: Observation = { at: 'registry/networkRuleBypassAllowedForTasks', saw: allowed };
  if (allowed === null) return notSaid(flag.at, null);
  if (!allowed) return { lets: false, seen: [{ ...flag, wanted: true }] };
  return bypass === 'AzureServices'
    ? { lets: true, seen: [flag, { at: 'registry/networkRuleBypassOptions', saw: bypass }] }
    : untold(`tasks may pass, but networkRuleBypassOptions is ${bypass ?? 'absent'}, which likely undoes it`);
}

/**
 * Whether a restricted registry lets a task in that comes by this way; `null` for one that is switched off.
 * `restriction`: what restricts it.
 */
export function taskPart(way: TaskWay, registry: Registry, restriction: Observation): Part | null {
  const thing = way.name === quickRun ? `run/${quickRun}` : `task/${way.name}`;
  switch (way.by) {
    case 'off':
      return null;
    case 'network':
      return good(thing, way.seen);
    case 'nowhere':
      return bad(thing, way.seen, way.words);
    case 'unclear':
      return unclear(thing, way.why);
    case 'another login':
    case 'token': {
      const exception = taskException(registry);
      if ('verdict' in exception) return unclear(thing, exception);
      if (exception.lets) return good(thing, exception.seen);
      const doubt = way.by === 'token' ? way.unless : way.why;
      return doubt ? unclear(thing, doubt) : bad(thing, [restriction, ...exception.seen, ...way.seen], refused([way]));
    }
  }
}

/** What a registry does to tasks, the refused ones of each place together. */
export function refusedWords(ways: readonly TaskWay[]): string {
  const places = [...new Set(ways.flatMap((way) => (way.by === 'token' ? [way.from] : [])))];
  return [
    ...places.map((place) => refused(ways.filter((way) => way.by === 'token' && way.from === place))),
    ...ways.flatMap((way) => (way.by === 'nowhere' ? [way.words] : [])),
  ].join('; ');
}

const refused = (ways: readonly TaskWay[]): string => {
  const [first] = ways;
  const from = first?.by === 'token' ? first.from : '';
  return `the registry likely refuses ${namesOf(ways)} ${from} with 403: tasks have no exception from its network rules`;
};
