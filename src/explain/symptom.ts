import { type AnyCheck, severities } from '../model/check.ts';
import { byText } from '../model/ids.ts';

/** A check that explains what somebody sees, and by what it was found. */
export interface Explained {
  readonly check: AnyCheck;
  /** The part of a log line by which it was found; `null` where only the words are alike. */
  readonly sign: string | null;
}

const atMost = 6;

/**
 * From what somebody sees (an error code, a log line, "hangs on layers") to the checks that explain it. Those that name a
 * part of the text come first, who names most of it before others; without one, those whose words are the most alike.
 */
export function explainedBy(text: string, checks: readonly AnyCheck[]): Explained[] {
  const signed = checks
    .map((check) => ({ check, signs: signsIn(text, check) }))
    .filter(({ signs }) => signs.length > 0)
    .sort(
      (a, b) =>
        b.signs.length - a.signs.length ||
        (b.signs[0]?.length ?? 0) - (a.signs[0]?.length ?? 0) ||
        severities.indexOf(a.check.severity) - severities.indexOf(b.check.severity) ||
        byText(a.check.id, b.check.id),
    )
    .map(({ check, signs }) => ({ check, sign: signs[0] ?? null }));
  return (signed.length > 0 ? signed : alike(text, checks)).slice(0, atMost);
}

/** The signs of a check that stand in the text, the longest first. Codes count as whole words: `401`, not `14012`. */
const signsIn = (text: string, { signs = [] }: AnyCheck): string[] =>
  [...(signs as readonly string[])]
    .filter((sign) => new RegExp(`(?<![a-z0-9])${escaped(sign)}(?![a-z0-9])`, 'i').test(text))
    .sort((a, b) => b.length - a.length);

/** By the words that a text shares with what a check says somebody notices; a rare word counts for more. */
function alike(text: string, checks: readonly AnyCheck[]): Explained[] {
  const asked = wordsOf(text);
  const told = checks.map((check) => ({ check, words: wordsOf(`${check.symptom} ${check.problem} ${check.cause}`) }));
  const weight = (word: string) => 1 / told.filter(({ words }) => words.has(word)).length;
  return told
    .map(({ check, words }) => ({ check, shared: [...asked].filter((word) => words.has(word)) }))
    .filter(({ shared }) => shared.length >= Math.min(2, asked.size))
    .map(({ check, shared }) => ({ check, score: shared.reduce((sum, word) => sum + weight(word), 0) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || byText(a.check.id, b.check.id))
    .map(({ check }) => ({ check, sign: null }));
}

const common = new Set(['registry', 'image', 'images', 'with', 'from', 'that', 'this', 'when', 'they', 'does', 'have']);

/** Words that say something, without their plural. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    (text.toLowerCase().match(/[a-z]{4,}/g) ?? [])
      .filter((word) => !common.has(word))
      .map((word) => word.replace(/s$/, '')),
  );

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
