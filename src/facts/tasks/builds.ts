import type { Task } from '../../model/facets/tasks.ts';
import { type Observation, type Observations, type Unknown, untold } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';
import { foundIn, stepsCited } from './cited.ts';
import { definitionOf } from './definition.ts';
import { isPatching } from './patching.ts';

/** Whether a task builds an image by itself, and what says so. */
export type Build =
  | { readonly builds: true; readonly seen: Observations }
  /** It builds, of sources that anybody on the way can change. */
  | { readonly builds: false; readonly seen: Observations; readonly says: string }
  | { readonly builds: null; readonly why: Unknown };

/** `null`: nothing starts the task at that place by itself, or it builds nothing. */
export function buildOf(task: Task, index: number): Build | null {
  const at = `tasks/${index}` as const;
  const { name: about, status, step } = task;
  if (step.kind === 'other' && step.type === null && task.isSystemTask !== true)
    return { builds: null, why: untold(`Azure does not say what ${about} does`) };
  const trigger = triggerOf(task, at);
  const built = builtBy(task, index, at);
  if (trigger === null || built === null) return null;
  if ('why' in built) return { builds: null, why: untold(`whether ${about} builds: ${built.why}`) };
  if (status !== 'Enabled' || trigger.saw !== 'Enabled')
    return { builds: null, why: untold(`whether ${about} is on: its status, or that of its trigger, is not given`) };
  const clear = 'context' in step && /^http:\/\//i.test(step.context ?? '');
  const piped =
    step.kind === 'encoded' && /\b(?:curl|wget)\b[^\n|]*\bhttp:\/\/[^\n|]*\|\s*(?:ba)?sh\b/.test(step.content ?? '');
  if (clear || piped) {
    const seen: Observation = clear
      ? { at: `${at}/step/context`, saw: step.context, wanted: 'https, and a commit', about }
      : foundIn(task, index, 'pipes what it gets over http into a shell');
    return {
      builds: false,
      seen: [seen],
      says: `${about} does not count: it takes its code over http in clear text, so whoever is on the way writes what runs with its identity; https and a commit id in the context mend it`,
    };
  }
  return {
    builds: true,
    seen: [{ at: `${at}/status`, saw: status, about }, { ...trigger, about }, built],
  };
}

type At = Extract<Pointer, `tasks/${string}`>;

/** The first trigger that is on; or else one whose status Azure does not give. */
function triggerOf({ timers, sources, baseImage }: Task, at: At): { at: Pointer; saw: string | null } | null {
  const triggers = [
    ...timers.map(({ status }, place) => ({ at: `${at}/timers/${place}/status` as const, saw: status })),
    ...sources.flatMap(({ status, events }, place) =>
      events === null || events.some((event) => event.toLowerCase() === 'commit')
        ? [{ at: `${at}/sources/${place}/status` as const, saw: events === null ? null : status }]
        : [],
    ),
    ...(baseImage ? [{ at: `${at}/baseImage/status` as const, saw: baseImage.status }] : []),
  ];
  return triggers.find(({ saw }) => saw === 'Enabled') ?? triggers.find(({ saw }) => saw !== 'Disabled') ?? null;
}

function builtBy(task: Task, index: number, at: At): Observation | { readonly why: string } | null {
  const { step } = task;
  if (step.kind === 'docker') return { at: `${at}/step/imageNames`, saw: step.imageNames, about: task.name };
  if (step.kind === 'file') return { why: `its definition is ${step.path ?? 'a file'} beside its sources` };
  if (step.kind === 'other') return null;
  // It rebuilds what it patches, though no step says build.
  if (isPatching(task)) return foundIn(task, index, 'patches images');
  const read = definitionOf(task, step);
  if ('problem' in read) return { why: read.problem };
  return read.definition.steps.some(({ kind }) => kind === 'build') ? stepsCited(task, index, read.definition) : null;
}
