/** What a text that holds purges is written in. */
export type Form = 'ARM JSON' | 'Bicep' | 'Terraform' | 'Markdown' | 'PowerShell' | 'YAML' | 'make' | 'batch';

const formsByEnding: Readonly<Record<string, Form>> = {
  json: 'ARM JSON',
  jsonc: 'ARM JSON',
  bicep: 'Bicep',
  bicepparam: 'Bicep',
  tf: 'Terraform',
  tfvars: 'Terraform',
  hcl: 'Terraform',
  md: 'Markdown',
  markdown: 'Markdown',
  ps1: 'PowerShell',
  psm1: 'PowerShell',
  yaml: 'YAML',
  yml: 'YAML',
  mk: 'make',
  cmd: 'batch',
  bat: 'batch',
};

/** By the ending of the file; without one by what stands in the text. `null`: shell, or nothing that is known here. */
export function formOf(ending: string, file: string | null, text: string): Form | null {
  if (Object.hasOwn(formsByEnding, ending)) return formsByEnding[ending] ?? null;
  if (/(?:^|\/)(?:GNU)?makefile$/i.test(file ?? '')) return 'make';
  if (ending !== '') return null;
  if (/^\s*(?:\/\/[^\n]*\n\s*)*[{[]/.test(text)) return 'ARM JSON';
  if (/^```/m.test(text)) return 'Markdown';
  if (/^\s*(?:resource|locals|variable|module|data|terraform|provider|output)\b(?:\s+"[^"]*")*\s*\{/m.test(text))
    return 'Terraform';
  if (/^\s*(?:resource|param|var)\s+\w+.*[={]/m.test(text)) return 'Bicep';
  if (/^\s*\$\w+\s*=\s*["'@]/m.test(text)) return 'PowerShell';
  return /^(?:---\s*\n)?(?:#.*\n|\s*\n)*[\w-]+:(?:\s|$)/.test(text) ? 'YAML' : null;
}
