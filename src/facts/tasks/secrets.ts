import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretFinding } from '../../model/facets/tasks.ts';

/** Plain text to YAML and to a shell, wherever it stands. */
const mask = '<masked>';

export interface Masked {
  readonly text: string;
  readonly findings: readonly SecretFinding[];
}

/**
 * Masks what looks like a credential: secretlint's recommended rules, and the kinds of secret that Azure and a docker
 * command line have and they lack. The value is in neither the text nor the findings of the answer.
 */
export async function maskSecrets(text: string, where: string): Promise<Masked> {
  const spans = [...(await known(text)), ...ours(text)].sort((a, b) => a.from - b.from || b.to - a.to);
  const findings: SecretFinding[] = [];
  let masked = '';
  let at = 0;
  for (const { from, to, rule } of spans) {
    if (from < at) continue;
    const line = text.slice(0, from).split('\n').length;
    findings.push({ rule, where: text.includes('\n') ? `${where}, line ${line}` : where });
    masked += text.slice(at, from) + mask;
    at = to;
  }
  return { text: masked + text.slice(at), findings };
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly rule: string;
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

/** The first group is the value. A variable, a template or a path to a mounted secret is none. */
const patterns: readonly (readonly [rule: string, pattern: RegExp])[] = [
  // Formats: Microsoft.Security.Utilities, "Azure identifiable keys" and AAD client secrets.
  ['azure-container-registry-key', /([A-Za-z0-9+/]{42}\+ACR[A-D][A-Za-z0-9+/]{5})/g],
  ['entra-client-secret', /(?<![\w~.-])([\w~.-]{3}\dQ~[\w~.-]{31,34})(?![\w~.-])/g],
  ['azure-storage-key', /AccountKey=([A-Za-z0-9+/]{86}==)/gi],
  ['azure-sas-signature', /[?&;]sig=([A-Za-z0-9%+/=]{20,})/gi],
  ['password-argument', /\blogin\b[^\n]*?\s(?:-p|--password)[\s=]+["']?((?![$<{*])[^\s"']{4,})/g],
  [
    'literal-credential',
    /(?:^|[\s"'{,])[\w.-]*(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key)["']?=["']?((?![$<{/*]|true\b|false\b|https?:)[^\s"',}]{6,})/gim,
  ],
];

const ours = (text: string): readonly Span[] =>
  patterns.flatMap(([rule, pattern]) =>
    [...text.matchAll(pattern)].map((match) => {
      const from = match.index + match[0].lastIndexOf(match[1] ?? '');
      return { from, to: from + (match[1] ?? '').length, rule };
    }),
  );
