import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checks } from '../../checks/index.ts';
import { azurePolicy, policyOf } from '../export/azure-policy.ts';
import { kqlQueries } from '../export/kql.ts';
import type { ExportAsked } from './asked.ts';
import { UsageError } from './errors.ts';
import { selectChecks } from './select.ts';
import { write, writeTo } from './terminal.ts';
import { tool } from './tool.ts';

/** Prints what the chosen checks are in Azure's own engines. */
export async function runExport({ what, choice, path, folder }: ExportAsked): Promise<0> {
  const chosen = selectChecks(checks, choice);
  if (what === 'azure-policy') {
    if (!chosen.some((check) => policyOf(check) !== null)) throw nothing('Azure Policy');
    await put(path, azurePolicy(chosen, tool.version));
    return 0;
  }
  const queries = kqlQueries(chosen);
  if (queries.length === 0) throw nothing('Kusto');
  if (path === null || !folder) await put(path, queries.map(({ text }) => text).join('\n'));
  else {
    await mkdir(path, { recursive: true });
    for (const { name, text } of queries) await writeTo(join(path, `${name}.kql`), [text], 'w');
  }
  return 0;
}

const put = (path: string | null, text: string): Promise<void> =>
  path === null ? write(process.stdout, text) : writeTo(path, [text], 'w');

const nothing = (engine: string): UsageError =>
  new UsageError(
    `${engine} cannot express any of these checks`,
    'loosen --check, --skip and --area; docs/export.md lists what can be exported',
  );
