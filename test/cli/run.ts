import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../src/dev/files.ts';
import type { TenantDocument } from '../../src/emulator/index.ts';
import { serve } from '../../src/emulator/index.ts';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The tool as the tests build it. */
export const built = `${root}build/bin/acr-audit.js`;

/** The environment of nobody: no login, no colour, no pipeline, the same clock every time. */
const bare = {
  PATH: dirname(process.execPath),
  HOME: mkdtempSync(join(tmpdir(), 'acr-audit-home-')),
  SOURCE_DATE_EPOCH: '1795399200',
  COLUMNS: '100',
};

/** Runs the built tool as a user would. */
export const acrAudit = (args: readonly string[], env: NodeJS.ProcessEnv = {}, stdin = ''): Promise<Ran> =>
  ran(process.execPath, [built, ...args], { ...bare, ...env }, stdin);

/** Runs a program to its end. */
export function ran(command: string, args: readonly string[], env: NodeJS.ProcessEnv, stdin: string): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { env });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', failed).on('close', (code) => done({ code, stdout, stderr }));
    child.stdin.on('error', () => {}).end(stdin);
  });
}

/** A folder with an `az` that is logged in to every tenant with this token, and a stand-in for nothing else. */
export function azFolder(accessToken = 'token'): string {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-az-'));
  const answer = {
    accessToken,
    expiresOn: '2099-01-01 00:00:00.000000',
    expires_on: 4070908800,
    subscription: 's',
    tenant: 't',
    tokenType: 'Bearer',
  };
  writeFileSync(join(folder, 'az'), `#!/bin/sh\ncat <<'END'\n${JSON.stringify(answer)}\nEND\n`);
  chmodSync(join(folder, 'az'), 0o755);
  return folder;
}

export interface Tenant {
  readonly requests: readonly { readonly path: string }[];
  /** Runs the tool against the tenant, logged in. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  close(): Promise<void>;
}

/** A tenant that listens on loopback, and the tool with a login to it. */
export async function tenant(document: TenantDocument): Promise<Tenant> {
  const { url, ca, requests, close } = await serve(document);
  const certificate = join(mkdtempSync(join(tmpdir(), 'acr-audit-ca-')), 'ca.pem');
  writeFileSync(certificate, ca);
  const env = {
    NODE_EXTRA_CA_CERTS: certificate,
    AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential',
    PATH: `${azFolder()}:${bare.PATH}:/usr/bin:/bin`,
  };
  return {
    requests,
    close,
    run: (args, more = {}) => acrAudit([...args, '--resource-manager-endpoint', url], { ...env, ...more }),
  };
}
