import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/dev/files.ts';
import { type Served, serve, type TenantDocument } from '../../src/emulator/index.ts';
import { type Ran, ran } from '../cli/run.ts';
import { broken } from './broken.ts';

/** Where .ci/run puts a Debian 13 with the azure-cli 2.74 of that release. */
export const debian13 = process.env['ACR_AUDIT_DEBIAN13'] ?? '/var/tmp/acr-audit-debian13';

export const hasNewAz = existsSync(`${debian13}/usr/bin/az`) && process.getuid?.() === 0;

/** A tenant that takes writes, and an az that is logged in to it. */
export interface Signed extends Served {
  /** For the tool: the same login, the same certificate. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs a bash script with that az; `stdin` is what a person types. */
  bash(script: string, stdin?: string): Promise<Ran>;
}

/** One of each group that scripts use, so that its modules are loaded once. */
const loaded = [
  'acr list',
  'network private-endpoint list',
  'network private-dns zone list',
  'role assignment list',
  'lock list',
  'resource list',
];

/** Serves the tenant, and logs the real az in to it as a cloud of its own. */
export async function signedIn(document: TenantDocument): Promise<Signed> {
  const served = await serve(document, 0, { takesWrites: true });
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-az-'));
  const inside = `/tmp/${folder.slice(folder.lastIndexOf('/') + 1)}`;
  mkdirSync(`${debian13}${inside}`, { recursive: true });
  writeFileSync(join(folder, 'ca.pem'), served.ca);
  writeFileSync(`${debian13}${inside}/ca.pem`, served.ca);
  for (const name of ['server.py', 'client.py']) copyFileSync(`${root}test/az/${name}`, `${debian13}${inside}/${name}`);

  const server = spawn('/usr/sbin/chroot', [debian13, 'python3', `${inside}/server.py`, `${inside}/socket`], {
    env: {
      PATH: '/usr/bin:/bin',
      HOME: inside,
      PYTHONWARNINGS: 'ignore',
      AZURE_CONFIG_DIR: `${inside}/az`,
      REQUESTS_CA_BUNDLE: `${inside}/ca.pem`,
      AZURE_CORE_COLLECT_TELEMETRY: 'no',
      AZURE_CORE_CHECK_FOR_UPDATES: 'no',
      AZURE_CORE_INSTANCE_DISCOVERY: 'false',
      NO_PROXY: '127.0.0.1,localhost',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(server.stdout, 'data');

  const az = join(folder, 'az');
  writeFileSync(az, wrapper(`chroot ${debian13} python3 ${inside}/client.py ${inside}/socket`));
  chmodSync(az, 0o755);
  const PATH = `${folder}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`;
  const bash = (script: string, stdin = '') => ran('bash', ['--norc', '-c', script], { PATH }, stdin);
  const login = await bash(
    [
      'set -e',
      `az cloud register -n Loopback --endpoint-resource-manager ${served.url} --endpoint-management ${served.url}`,
      'az cloud set -n Loopback',
      'az login --service-principal -u 00000000-0000-0000-0000-00000000c11e -p s --tenant adfs',
      ...loaded.map((command) => `az load ${command}`),
    ].join('\n'),
  );
  if (login.code !== 0) throw new Error(`az does not log in: ${login.stderr}`);
  const env = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential', PATH };
  const close = async () => {
    server.kill();
    await served.close();
  };
  return { ...served, env, bash, close };
}

/** What this az breaks on goes through `az rest`, and is said on standard error. */
const wrapper = (az: string): string =>
  [
    '#!/bin/bash',
    `az() { ${az} "$@"; }`,
    'option() { local name=$1; shift; while [ $# -gt 1 ]; do [ "$1" = "$name" ] && { printf %s "$2"; return; }; shift; done; }',
    ...broken.map(({ words, rest, because }) =>
      [
        `if [[ "$*" == ${words.replaceAll(' ', '\\ ')}* ]]; then`,
        `  printf 'through az rest: %s (%s)\\n' ${quoted(words)} ${quoted(because)} >&2`,
        `  ${rest}`,
        '  exit',
        'fi',
      ].join('\n'),
    ),
    'az "$@"',
    '',
  ].join('\n');

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
