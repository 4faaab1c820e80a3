/**
 * Names come from whoever may create a resource. Here they are kept from steering a terminal, a Markdown page or a
 * SARIF viewer.
 */

/** Controls, bidirectional overrides, zero-width characters, lone surrogates and line separators: all that acts unseen. */
const steering = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What a pipeline takes for a command in the output of a step: GitHub at the start of a line, Azure Pipelines anywhere. */
const pipelineCommand = /^:(?=:)|#(?=#(?:vso)?\[)/gi;

/** One line of text in which nothing acts unseen: such characters are written as `\u{1b}`. */
export const visible = (text: string): string => text.replace(steering, written).replace(pipelineCommand, written);

const written = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** What Markdown reads as markup: anywhere, as the start of a link, or at the start of a line. */
const markup = /[\\`*_[\]<>|~&$#@]|:(?=\/\/)|(?<=www)\.|^[-+=]|(?<=^\d{1,9})[.)]/gi;

/** Text for Markdown that is shown as it is: no markup, no HTML, no link. */
export const inMarkdown = (text: string): string => visible(text).replace(markup, '\\$&');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text inside an HTML element. */
export const inHtml = (text: string): string => visible(text).replace(/[&<>"]/g, (c) => entities[c] ?? c);

/** Text inside an XML element or a quoted attribute: XML 1.0 has no place for the two noncharacters. */
export const inXml = (text: string): string => inHtml(text).replace(/[\uFFFE\uFFFF]/g, '');

/** A fenced block that its content cannot close. */
export function fenced(lines: readonly string[]): string {
  const shown = lines.map(visible);
  const longest = Math.max(
    2,
    ...(shown
      .join('\n')
      .match(/`+/g)
      ?.map((run) => run.length) ?? []),
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}sh`, ...shown, fence].join('\n');
}

/** SARIF plain text: viewers turn `[text](target)` into a link. */
export const inSarif = (text: string): string => visible(text).replaceAll('](', '] (');

/** JSON, two spaces deep, in which what would steer a terminal is written as an escape: the same data to every parser. */
export const jsonText = (value: unknown): string => `${indentedJson(value)}\n`;

/** The same text in pieces: what is in it may be longer than the longest string, which has 2^29 characters. */
export function* jsonPieces(value: Readonly<Record<string, unknown>>): Generator<string> {
  let before = '{\n';
  for (const [key, part] of Object.entries(value)) {
    yield `${before}  ${indentedJson(key)}: `;
    before = ',\n';
    if (!Array.isArray(part) || part.length === 0) {
      yield deeper(part, '  ');
      continue;
    }
    let comma = '[\n';
    for (const item of part) {
      yield `${comma}    ${deeper(item, '    ')}`;
      comma = ',\n';
    }
    yield '\n  ]';
  }
  yield '\n}\n';
}

const deeper = (value: unknown, by: string): string => indentedJson(value).replaceAll('\n', `\n${by}`);

/**
 * The line breaks in JSON are its layout; those of its texts are written as `\\n` already. What Azure Pipelines takes for
 * a command anywhere in a line stands in texts only, so that it may be escaped too.
 */
const steeringInJson = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|#(?=\[|vso\[)/giu;

const indentedJson = (value: unknown): string => JSON.stringify(value, null, 2).replace(steeringInJson, escaped);

/** JSON on one line, for a file of lines. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value).replace(steeringInJson, escaped)}\n`;

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** Text of at most so many UTF-16 units, with an ellipsis where something was left out. */
export const atMost = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** What has a letter of ASCII that says the same: lines of boxes, arrows, quotes, signs. */
const inLetters: readonly (readonly [signs: string, letters: string])[] = [
  ['─━┄╌—–‐‑−', '-'],
  ['│┃', '|'],
  ['┌┐└┘├┤┬┴┼', '+'],
  ['·•', '-'],
  ['‘’‚', "'"],
  ['“”„', '"'],
  ['→', '->'],
  ['…', '...'],
  ['×✗', 'x'],
  ['✓', 'v'],
  ['≥', '>='],
  ['≤', '<='],
  ['\u00a0', ' '],
];
const letterOf = new Map(inLetters.flatMap(([signs, letters]) => [...signs].map((sign) => [sign, letters] as const)));

/** For a terminal whose locale has no UTF-8, which would show two or three wrong letters for each. */
export const inAscii = (text: string): string =>
  text.replace(/[^\0-\x7f]/gu, (sign) => letterOf.get(sign) ?? written(sign));
