import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { type Masked, mask, masked } from './secret-masks.ts';
import { type Span, shapesIn } from './secret-shapes.ts';
import { maybeSecret, tells } from './secret-values.ts';
import { wordsIn } from './secret-words.ts';

export type { Masked } from './secret-masks.ts';

// The profiler keeps each of its marks for ever and looks through all of them at every new one.
secretLintProfiler.mark = () => {};

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
