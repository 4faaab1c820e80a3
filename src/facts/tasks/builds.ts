import type { Task } from '../../model/facets/tasks.ts';
import type { Observation } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';

/** Whether a task builds an image by itself, and what says so. */
export type Build = { readonly builds: true; readonly seen: readonly Observation[] } | { readonly builds: null };

/** `null`: nothing starts the task at that place by itself, or it builds nothing. */
export function buildOf(task: Task, index: number): Build | null {
  const trigger = triggerOf(task, `tasks/${index}`);
  const built = builtBy(task, `tasks/${index}`);
  if (trigger === null || built === null) return null;
  if (built === 'unseen' || task.status !== 'Enabled' || trigger.saw !== 'Enabled') return { builds: null };
  const about = task.name;
  return {
    builds: true,
    seen: [
      { at: `tasks/${index}/status`, saw: task.status, about },
      { ...trigger, about },
      { ...built, about },
    ],
  };
}

type At = Extract<Pointer, `tasks/${string}`>;

/** The first trigger that is on; or else one whose status Azure does not give. */
function triggerOf({ timers, sources, baseImage }: Task, at: At): { at: Pointer; saw: string | null } | null {
  const triggers = [
    ...timers.map(({ status }, place) => ({ at: `${at}/timers/${place}/status` as const, saw: status })),
    ...sources.flatMap(({ status, events }, place) =>
      events.some((event) => event.toLowerCase() === 'commit')
        ? [{ at: `${at}/sources/${place}/status` as const, saw: status }]
        : [],
    ),
    ...(baseImage ? [{ at: `${at}/baseImage/status` as const, saw: baseImage.status }] : []),
  ];
  return triggers.find(({ saw }) => saw === 'Enabled') ?? triggers.find(({ saw }) => saw !== 'Disabled') ?? null;
}

function builtBy({ step }: Task, at: At): { at: Pointer; saw: unknown } | 'unseen' | null {
  if (step.kind === 'docker') return { at: `${at}/step/imageNames`, saw: step.imageNames };
  if (step.kind === 'file' || (step.kind === 'encoded' && step.definition === null)) return 'unseen';
  const place = step.kind === 'encoded' ? (step.definition?.steps.findIndex(({ kind }) => kind === 'build') ?? -1) : -1;
  return place === -1 ? null : { at: `${at}/step/definition/steps/${place}/kind`, saw: 'build' };
}
