import type { Drift, Drifted } from '../pages/drift.ts';
import { driftParts, driftTables, driftTiles } from './html/drift.ts';
import { html as made } from './html/markup.ts';
import { opening } from './html/opening.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { inMarkdown, jsonText, visible } from './safe-text.ts';
import { worstFirst } from './view.ts';
import { indented } from './wrap.ts';

export const driftJson = (drift: Drift): string => jsonText(drift);

/** One line: how many became what. */
export const driftCounts = (drift: Drift): string =>
  `${drift.new.length} new · ${drift.fixed.length} fixed · ${drift.still.length} still there · ${drift.unseen.length} can no longer be seen`;

const heading = ({ before, after }: Drift): string => `from ${before} to ${after}`;

/** For a terminal. Ends in a newline. */
export function renderDrift(drift: Drift, style: Style): string {
  const paint = paintOf(style.colorLevel);
  const line = (one: Drifted): string =>
    indented(
      `${one.severity.toUpperCase().padEnd(8)}  ${one.name}  ${checkOf(one)}  ${wordsOf(one)}`,
      2,
      style,
      12,
    ).replace(one.severity.toUpperCase(), (severity) => paint.severity[one.severity](severity));
  return `${[
    `${paint.strong(driftCounts(drift))}\n${paint.faint(visible(heading(drift)))}`,
    ...driftParts.flatMap(([key, title]) =>
      drift[key].length === 0 ? [] : [[paint.strong(title), ...drift[key].toSorted(worstFirst).map(line)].join('\n')],
    ),
  ].join('\n\n')}\n`;
}

/** A page for people, to be kept and sent. */
export const driftHtml = (drift: Drift): string =>
  made`${opening('acr-audit', 'drift')}<header><h1>Drift of Azure Container Registry</h1>
<p class="sentence">${driftCounts(drift)}</p>
<ul class="tiles">${driftTiles(drift)}</ul>
<p class="faint">${heading(drift)}</p></header>
<main>${driftTables(
    drift,
    driftParts.map(([key]) => key),
  )}</main>
</body></html>
`.markup;

/** For a pull request or a job summary. */
export const driftMarkdown = (drift: Drift): string =>
  `${[
    `## ${driftCounts(drift)}`,
    inMarkdown(heading(drift)),
    ...driftParts.flatMap(([key, title]) =>
      drift[key].length === 0
        ? []
        : [
            [
              `### ${title}\n`,
              '| severity | registry | check | what |',
              '| --- | --- | --- | --- |',
              ...drift[key]
                .toSorted(worstFirst)
                .map(
                  (one) =>
                    `| ${one.severity} | ${inMarkdown(one.name)} | ${inMarkdown(checkOf(one))} | ${inMarkdown(wordsOf(one))} |`,
                ),
            ].join('\n'),
          ],
    ),
  ].join('\n\n')}\n`;

/** Of two things with the same fault each is named. */
const checkOf = ({ check, thing }: Drifted): string => (thing === undefined ? check : `${check} (${thing})`);

const wordsOf = ({ words, why }: Drifted): string => (why === undefined ? words : `${words} (${why})`);
