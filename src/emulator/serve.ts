// npx tsx src/emulator/serve.ts fixtures/tenants/demo.json [--port 8443]
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from './index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '0' } },
});
const [file] = positionals;
if (file === undefined) {
  process.stderr.write('Which tenant? npx tsx src/emulator/serve.ts fixtures/tenants/demo.json [--port 8443]\n');
  process.exitCode = 2;
} else {
  const { url, ca } = await serve(JSON.parse(readFileSync(file, 'utf8')), Number(values.port));
  const certificate = join(mkdtempSync(join(tmpdir(), 'acr-audit-')), 'ca.pem');
  writeFileSync(certificate, ca);
  process.stdout.write(`${url} serves ${file} until it is stopped (Ctrl+C).\n\n`);
  process.stdout.write(`export NODE_EXTRA_CA_CERTS=${certificate}\n`);
  process.stdout.write(`acr-audit scan --resource-manager-endpoint ${url}\n`);
}
