import type { Resolution } from './resolution.ts';

/** What DNS answers this machine for the names of registries that apps pull from and that no registry seen serves. */
export type UnservedNames = Resolution;
