/** What tasks are written in, and what purges delete: `acrTasks` of the check API. */
export { trackingOf } from './base-images.ts';
export { betterCommand } from './better.ts';
export { type Build, buildOf } from './builds.ts';
export { allTasks, stepsCited } from './cited.ts';
export { cleaningOf } from './cleaning.ts';
export { wayInWords } from './danger.ts';
export { definitionOf, refusedVersion } from './definition.ts';
export { signsOf } from './health.ts';
export { pushesOf } from './order.ts';
export { isPatching, patchingFlaws } from './patching.ts';
export { tagPattern } from './patterns.ts';
export { abilityOf, placeOf } from './place.ts';
export { mayRun, orUntold, purgesOf, whyItFails } from './purges.ts';
export { countWords, lostBy, rehearse } from './rehearsal.ts';
export { workUntold } from './untold.ts';
