import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretFinding } from '../../model/facets/tasks.ts';
import { type Span, shapesIn } from './secret-shapes.ts';
import { maybeSecret, tells } from './secret-values.ts';
import { wordsIn } from './secret-words.ts';

/** Plain text to YAML and to a shell, wherever it stands. */
const mask = '<masked>';

// The profiler keeps each of its marks for ever and looks through all of them at every new one.
secretLintProfiler.mark = () => {};

export interface Masked {
  readonly text: string;
  readonly findings: readonly SecretFinding[];
}

/**
 * Masks what looks like a credential: secretlint's recommended rules, the shapes that Azure's secrets have, and what the
 * words of a command or the name of a mapping say. The value is in neither the text nor the findings of the answer.
 */
export async function maskSecrets(text: string, where: string): Promise<Masked> {
  const spans = [...(await known(text)), ...shapesIn(text), ...wordsIn(text)];
  return masked(text, where, spans);
}

/** The same for a value that has a name: the name may say that all of it is a secret. */
export async function maskNamed(name: string, value: string, where: string): Promise<Masked> {
  if (tells(name) && maybeSecret(value)) return { text: mask, findings: [{ rule: 'literal-credential', where }] };
  return maskSecrets(value, where);
}

function masked(text: string, where: string, spans: readonly Span[]): Masked {
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

async function known(text: string): Promise<readonly Span[]> {
  const { messages } = await lintSource({
    source: { content: text, filePath: 'task.yaml', ext: '.yaml', contentType: 'text' },
    options: {
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] },
      noPhysicFilePath: true,
    },
  });
  return messages.map(({ ruleId, range: [from, to] }) => ({
    from,
    to,
    rule: ruleId.replace('@secretlint/secretlint-rule-', ''),
  }));
}
