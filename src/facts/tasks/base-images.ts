import type { Task } from '../../model/facets/tasks.ts';
import type { Observation } from '../../model/outcome.ts';

/** Whether a task is built again when its base image changes. */
export type Tracking =
  | { readonly tracked: true; readonly seen: readonly Observation[] }
  | {
      readonly tracked: false;
      readonly seen: readonly Observation[];
      readonly says: string;
      /** The trigger is off, or not there. */
      readonly off: boolean;
      /** No image is known that the trigger could watch. */
      readonly blind: boolean;
    }
  | { readonly tracked: null; readonly why: string };

/**
 * The same for the task at that place; `null` where it builds nothing. Only images of the last build stage are watched,
 * by a tag, and they are found by a run that succeeds: MicrosoftDocs container-registry-tasks-base-images.md.
 */
export function trackingOf({ name, step, baseImage }: Task, index: number): Tracking | null {
  if (step.kind === 'other') return null;
  if (step.kind === 'encoded' && !step.definition) return { tracked: null, why: `${name}: ${step.problem}` };
  if (step.kind === 'encoded' && !step.definition?.steps.some(({ kind }) => kind === 'build')) return null;
  if (step.kind === 'file' && step.baseImages.length === 0)
    return {
      tracked: null,
      why: `whether ${name} builds an image: its definition is ${step.path ?? 'a file'} beside its sources`,
    };
  const blind = !step.baseImages.some(({ tag, type }) => tag !== null && type?.toLowerCase() !== 'buildtime');
  const images = { at: `tasks/${index}/step/baseImages`, saw: step.baseImages, about: name } as const;
  if (baseImage === null)
    return {
      tracked: false,
      seen: [{ at: `tasks/${index}/baseImage`, saw: null, about: name }, ...(blind ? [images] : [])],
      says: `${name} has no base-image trigger`,
      off: true,
      blind,
    };
  const trigger = { at: `tasks/${index}/baseImage/status`, saw: baseImage.status, about: name } as const;
  if (baseImage.status === 'Disabled')
    return {
      tracked: false,
      seen: [{ ...trigger, wanted: 'Enabled' }, ...(blind ? [images] : [])],
      says: `${name} has its base-image trigger switched off`,
      off: true,
      blind,
    };
  if (blind)
    return { tracked: false, seen: [images], says: blindWords(name, step.baseImages.length), off: false, blind };
  if (baseImage.status === 'Enabled') return { tracked: true, seen: [trigger, images] };
  return {
    tracked: null,
    why: `the status of the base-image trigger of ${name} is ${baseImage.status ?? 'not given'}`,
  };
}

const blindWords = (name: string, known: number): string =>
  known === 0
    ? `${name} has no base image that Azure knows of, so none is watched`
    : `${name} has only base images that are not watched: without a tag, or of an earlier build stage`;
