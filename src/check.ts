/** The public check API, `acr-audit/check`: all that a check may import. See docs/writing-a-check.md. */

export * as commands from './commands/index.ts';
export * as access from './facts/access/index.ts';
export * as path from './facts/path/index.ts';
export * as posture from './facts/posture/index.ts';
export * as acrTasks from './facts/tasks/index.ts';
export { type Check, type Context, defineCheck, type Facts } from './model/check.ts';
export type { Evidence, Observed, Unseen } from './model/evidence.ts';
export type { Facet, Facets } from './model/facets.ts';
export { lastPart, parseId, sameId } from './model/ids.ts';
export { type Pointer, segment } from './model/pointer.ts';
export { shellText, shellWord } from './model/shell.ts';
export type { Step } from './model/step.ts';
export * as verdict from './model/verdict.ts';
