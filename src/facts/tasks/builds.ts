import type { EncodedStep, Task } from '../../model/facets/tasks.ts';
import { type Observation, type Observations, type Unknown, untold } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';
import { foundIn, stepsCited } from './cited.ts';
import { definitionOf, refusedVersion } from './definition.ts';
import { isPatching } from './patching.ts';
import { workUntold } from './untold.ts';

/** Whether a task builds an image by itself, and what says so. */
export type Build =
  | { readonly builds: true; readonly seen: Observations }
  /** It would build, of sources that anybody on the way can change, or is refused. */
  | { readonly builds: false; readonly seen: Observations; readonly says: string }
  | { readonly builds: null; readonly why: Unknown };

/** `null`: nothing starts the task at that place by itself, or it builds nothing. */
export function buildOf(task: Task, index: number): Build | null {
  const at = `tasks/${index}` as const;
  const { name: about, status, step } = task;
  const nothing = workUntold(task);
  if (nothing) return { builds: null, why: nothing };
  const trigger = triggerOf(task, at);
  const built = builtBy(task, index, at);
  if (trigger === null || built === null) return null;
  const refused = step.kind === 'encoded' ? refusedIn(task, step) : null;
  if (refused !== null)
    return {
      builds: false,
      seen: [foundIn(task, index, refused)],
      says: `${about} does not count: ${refused}; write version: v1.1.0 as its first line`,
    };
  if ('why' in built) return { builds: null, why: untold(`whether ${about} builds: ${built.why}`) };
  if (status !== 'Enabled' || trigger.saw !== 'Enabled')
    return { builds: null, why: untold(`whether ${about} is on: its status, or that of its trigger, is not given`) };
  const clear = 'context' in step && /^http:\/\//i.test(step.context ?? '');
  const fetched = step.kind === 'encoded' && takesCodeInClearText(task, step);
  if (clear || fetched) {
    const seen: Observation = clear
      ? { at: `${at}/step/context`, saw: step.context, wanted: 'https, and a commit', about }
      : foundIn(task, index, 'runs what it gets over http');
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

function refusedIn(task: Task, step: EncodedStep): string | null {
  const read = definitionOf(task, step);
  return 'problem' in read ? null : refusedVersion(read.definition);
}

/** Not of the task itself: those have a short name, or are local. */
const outside = String.raw`http:\/\/(?!localhost\b|127\.|10\.|192\.168\.|\[::1\])[\w-]+\.[\w.-]+`;
const download = new RegExp(String.raw`\b(?:curl|wget|iwr|Invoke-WebRequest)\b[^|;&]*${outside}`, 'i');
const execution =
  /(?:\|\s*|<\(|;|&&|^|["'])\s*(?:sudo\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:(?:ba|da|z|k)?sh|python[\d.]*|node|perl|ruby|pwsh|iex|source|\.)(?=\s|$|["'])(?!\s+-c\b)|\bchmod\s+\S*x\b|\$\(\s*(?:curl|wget)/;
const sources = new RegExp(
  String.raw`\bgit\s+(?:clone|fetch|pull)\b[^|;&]*${outside}|--(?:extra-)?index-url[\s=]["']?${outside}|--registry[\s=]["']?${outside}`,
  'i',
);

/** Code that comes over http: a script that is run, sources, packages, the context of a build. */
function takesCodeInClearText(task: Task, step: EncodedStep): boolean {
  const read = definitionOf(task, step);
  if ('problem' in read) return false;
  return read.definition.steps.some(({ kind, command }) =>
    kind === 'build'
      ? new RegExp(String.raw`(?:^|\s)["']?${outside}`, 'i').test(command)
      : (download.test(command) && execution.test(command)) || sources.test(command),
  );
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
