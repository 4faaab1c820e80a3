import type { Failed, ReportStep } from '../../pages/report.ts';
import { type Block, blocksOf, looksOf, undoOf } from '../blocks.ts';
import type { Numbered } from '../finding-block.ts';
import { accepted, overridden, wordsOfThings } from '../view.ts';
import { type Child, code, html, link, type Markup, open, ownWords } from './markup.ts';

const most = 12;

/** One failure, in the order of the terminal: saw, symptom, cause, check, what the fix breaks, fix, undo, risk. */
export function findingSection({ number, row, same }: Numbered, anchor: (number: number) => string): Markup {
  const { check, severity, finding } = row;
  const isOpen = severity === 'critical' || severity === 'high';
  const told = same
    ? [term('saw', html`the same facts as <a href="#${anchor(same.number)}">${same.number}, ${same.row.check.id}</a>`)]
    : [
        term('saw', html`<ul>${seen(finding).map((words) => html`<li>${words}</li>`)}</ul>`),
        term('symptom', ownWords(check.symptom)),
        term('cause', ownWords(check.cause)),
      ];
  return html`<details class="finding ${severity}" id="${anchor(number)}"${isOpen ? open : null}>
<summary><span class="tag ${severity}">${severity}</span> <span class="number">${number}</span> <span class="message">${finding.message}</span> <code class="id">${check.id}</code></summary>
<dl>${termOf('severity', overridden(row))}${termOf('accepted', accepted(finding))}${told}${steps(finding.confirm, finding.fix, finding.breaks ?? check.breaks)}
${term('risk', ownWords(check.why))}${check.frameworks.length > 0 ? term('controls', check.frameworks.join(' · ')) : null}${check.refs.length > 0 ? term('read', html`<ul>${check.refs.map((ref) => html`<li>${link(ref)}</li>`)}</ul>`) : null}</dl>
</details>
`;
}

const term = (name: string, body: Child): Markup => html`<dt>${name}</dt><dd>${body}</dd>
`;

const termOf = (name: string, words: string | null): Child => (words === null ? null : term(name, words));

function seen({ message, observations, things }: Failed): string[] {
  const words = things && things.length > 1 ? wordsOfThings(things) : observations.map((one) => one.words);
  const more = words.length > most ? [`and ${words.length - most} more`] : [];
  return [...(words.length === 0 ? [message] : words.slice(0, most)), ...more];
}

/** How to look, what the fix breaks right above the fix, and the way back. */
export const steps = (confirm: readonly ReportStep[], fix: readonly ReportStep[], breaks: string | null): Child[] => {
  const looks = looksOf(confirm);
  const { lines, finals } = undoOf(fix, confirm);
  return [
    looks.length > 0 ? term('check', code(looks)) : null,
    breaks === null || fix.length === 0
      ? null
      : html`<dt class="breaks">BREAKS</dt><dd class="breaks">${ownWords(breaks)}</dd>
`,
    fix.length > 0 ? term('fix', blocksOf(fix, confirm).map(blockSection)) : null,
    lines.length > 0 ? term('undo', code(lines)) : null,
    finals.length > 0 ? term(lines.length > 0 ? 'no undo' : 'undo', `none: ${finals.join('; ')}`) : null,
  ];
};

function blockSection(block: Block): Markup {
  if (block.kind === 'hand') return html`<p class="hand">By hand: ${block.text}</p>`;
  if (block.kind === 'look')
    return html`<p>${block.expect === null ? 'Look first; this changes nothing:' : `Go on only where this prints ${block.expect}:`}</p>${code(block.lines)}`;
  return html`<p>${block.ends ? 'This takes something away. ' : null}Paste as a whole into bash:</p>${code(block.lines)}`;
}
