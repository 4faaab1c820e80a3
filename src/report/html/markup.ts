import { inHtml } from '../safe-text.ts';

/** HTML that is made here. It is made by `html` alone, which escapes all that enters it. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in HTML: a text, which is shown as it is, or markup. */
export type Child = string | number | null | Markup | readonly Child[];

/** A template of HTML, in which attributes stand in double quotes. */
export const html = (parts: TemplateStringsArray, ...children: readonly Child[]): Markup => ({
  markup: parts.reduce((text, part, index) => text + written(children[index - 1] ?? null) + part),
});

function written(child: Child): string {
  if (child === null) return '';
  if (typeof child === 'string') return inHtml(child);
  if (typeof child === 'number') return String(child);
  return 'markup' in child ? child.markup : child.map(written).join('');
}

/** Words of a check, in which back-ticks mean code. */
export const ownWords = (text: string): Child =>
  text.split(/(`[^`]+`)/).map((part) => (/^`[^`]+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : part));

/** Of details that are unfolded. */
export const open: Markup = { markup: ' open' };

/** Lines that are copied: a click selects them all. */
export const code = (lines: readonly string[]): Markup =>
  html`<pre tabindex="0"><code>${lines.flatMap((line, index) => (index > 0 ? [newline, line] : [line]))}</code></pre>`;

const newline: Markup = { markup: '\n' };

/** An address of a page, where it is one; else its text. */
export const link = (ref: string): Child =>
  /^https:\/\/[\w./#?=&%~:+,@()-]+$/.test(ref) ? html`<a href="${ref}" rel="noreferrer">${ref}</a>` : ref;

/** A table whose first column names the row. It scrolls by itself where it is too wide. */
export const tableOf = (
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Child[])[],
): Markup => html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
  ([name, ...cells]) => html`<tr><th scope="row">${name ?? null}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
)}</tbody></table></div>
`;
