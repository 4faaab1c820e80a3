import type { BaseImageDependency, Task } from '../../model/facets/tasks.ts';
import { type Observation, type Observations, type Unknown, untold } from '../../model/outcome.ts';
import { definitionOf } from './definition.ts';
import { workUntold } from './untold.ts';

/** Whether a task is built again when its base image changes. */
export type Tracking =
  | { readonly tracked: true; readonly seen: Observations }
  | {
      readonly tracked: false;
      readonly seen: Observations;
      readonly says: string;
      /** The trigger is off, or not there. */
      readonly off: boolean;
      /** No image is known that the trigger could watch. */
      readonly blind: boolean;
    }
  | { readonly tracked: null; readonly why: Unknown };

/**
 * The same for the task at that place; `null` where it builds nothing. Only images of the last build stage are watched,
 * by a tag, and they are found by a run that succeeds: MicrosoftDocs container-registry-tasks-base-images.md.
 */
export function trackingOf(task: Task, index: number): Tracking | null {
  const { name, step, baseImage } = task;
  const nothing = workUntold(task);
  if (nothing) return { tracked: null, why: nothing };
  if (step.kind === 'other') return null;
  if (step.kind === 'encoded') {
    const read = definitionOf(task, step);
    if ('problem' in read) return { tracked: null, why: untold(`${name}: ${read.problem}`) };
    if (!read.definition.steps.some(({ kind }) => kind === 'build')) return null;
  }
  if (step.kind === 'file' && step.baseImages.length === 0)
    return {
      tracked: null,
      why: untold(`whether ${name} builds an image: its definition is ${step.path ?? 'a file'} beside its sources`),
    };
  const watched = step.baseImages.filter(({ tag, type }) => tag !== null && type?.toLowerCase() !== 'buildtime');
  const blind = watched.length === 0;
  const images: Observation = { at: `tasks/${index}/step/baseImages`, saw: step.baseImages, about: name };
  if (baseImage === null)
    return {
      tracked: false,
      seen: [{ at: `tasks/${index}/baseImage`, saw: null, about: name }, ...(blind ? [images] : [])],
      says: `${name} has no base-image trigger`,
      off: true,
      blind,
    };
  const trigger: Observation = { at: `tasks/${index}/baseImage/status`, saw: baseImage.status, about: name };
  if (baseImage.status === 'Disabled')
    return {
      tracked: false,
      seen: [{ ...trigger, wanted: 'Enabled' }, ...(blind ? [images] : [])],
      says: `${name} has its base-image trigger switched off`,
      off: true,
      blind,
    };
  if (blind) return { tracked: false, seen: [images], says: blindWords(name, step.baseImages), off: false, blind };
  if (!watched.some(({ type }) => type?.toLowerCase() === 'runtime'))
    return { tracked: null, why: untold(`of which build stage the base images of ${name} are, Azure does not say`) };
  if (baseImage.status === 'Enabled') return { tracked: true, seen: [trigger, images] };
  return {
    tracked: null,
    why: untold(`the status of the base-image trigger of ${name} is ${baseImage.status ?? 'not given'}`),
  };
}

const blindWords = (name: string, known: readonly BaseImageDependency[]): string =>
  known.length === 0
    ? `${name} has no base image that Azure knows of, so none is watched`
    : `${name} has only base images that are not watched: without a tag, or of an earlier build stage`;
