import type { Drift, Drifted } from '../../pages/drift.ts';
import { worstFirst } from '../view.ts';
import { type Child, html, open, tableOf } from './markup.ts';

/** What each part of a drift is called; what needs somebody first. */
export const driftParts = [
  ['new', 'New'],
  ['unseen', 'Can no longer be seen'],
  ['still', 'Still there'],
  ['fixed', 'Fixed'],
] as const;

/** How many failures became what. */
export const driftTiles = (drift: Drift): Child =>
  driftParts.map(
    ([key, title]) => html`<li class="${kinds[key]}"><strong>${drift[key].length}</strong> ${title.toLowerCase()}</li>`,
  );

const kinds = { new: 'critical', unseen: 'unknown', still: 'medium', fixed: 'pass' } as const;

/** Every failure of those parts; what needs somebody is unfolded. */
export const driftTables = (drift: Drift, parts: readonly (typeof driftParts)[number][0][]): Child =>
  driftParts
    .filter(([key]) => parts.includes(key) && drift[key].length > 0)
    .map(
      ([
        key,
        title,
      ]) => html`<details class="page"${key === 'new' || key === 'unseen' ? open : null}><summary><h3>${title}: ${drift[key].length}</h3></summary>${tableOf(
        title,
        ['registry', 'severity', 'check', 'what'],
        drift[key].toSorted(worstFirst).map(row),
      )}</details>
`,
    );

const row = ({ name, severity, check, thing, words, why }: Drifted): readonly Child[] => [
  html`<bdi>${name}</bdi>`,
  html`<span class="tag ${severity}">${severity}</span>`,
  html`<code>${check}</code>`,
  [
    words,
    thing === undefined ? null : html` <span class="id"><bdi>${thing}</bdi></span>`,
    why === undefined ? null : ` (${why})`,
  ],
];

/** The part of a page about one scan. What is still there stands among its findings. */
export const driftSection = (
  drift: Drift,
): Child => html`<section aria-labelledby="drift"><h2 id="drift">Since <bdi>${drift.before}</bdi></h2>
<ul class="tiles">${driftTiles(drift)}</ul>
${driftTables(drift, ['new', 'unseen', 'fixed'])}</section>
`;
