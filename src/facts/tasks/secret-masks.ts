import type { SecretFinding } from '../../model/facets/tasks.ts';
import { type Span, shapesIn } from './secret-shapes.ts';
import { maybeSecret, tells } from './secret-values.ts';
import { wordsIn } from './secret-words.ts';

/** Plain text to YAML and to a shell, wherever it stands. */
export const mask = '<masked>';

export interface Masked {
  readonly text: string;
  readonly findings: readonly SecretFinding[];
}

/** The text without these spans, and what each of them was. */
export function masked(text: string, where: string, spans: readonly Span[]): Masked {
  const findings: SecretFinding[] = [];
  let out = '';
  let at = 0;
  for (const { from, to, rule } of [...spans].sort((a, b) => a.from - b.from || b.to - a.to)) {
    // What begins inside of another and goes on behind it is masked to its own end.
    if (to <= at) continue;
    const line = text.slice(0, from).split('\n').length;
    if (from < at) {
      at = to;
      continue;
    }
    if (rule !== null) findings.push({ rule, where: text.includes('\n') ? `${where}, line ${line}` : where });
    out += text.slice(at, from) + mask;
    at = to;
  }
  return { text: out + text.slice(at), findings };
}

/** Words of others for evidence: an answer may repeat what was asked, or what a task says. */
export const withoutSecrets = (words: string): string =>
  masked(words, '', [...shapesIn(words), ...wordsIn(words)]).text;

/** The same of what somebody gave a name to, as a tag: the name may say that all of it is a secret. */
export const withoutSecretsNamed = (name: string, value: string): string =>
  tells(name) && maybeSecret(value) ? mask : withoutSecrets(value);
