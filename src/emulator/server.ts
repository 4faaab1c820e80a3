import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { unauthenticated } from './answers.ts';
import { type AskedRequest, type Emulating, emulate } from './emulate.ts';
import { signIn } from './sign-in.ts';
import { readTenant, type TenantDocument } from './tenant.ts';

/** An emulated Azure Resource Manager that listens on loopback. */
export interface Served {
  /** `https://127.0.0.1:<port>`, for `--resource-manager-endpoint`. */
  readonly url: string;
  /** The certificate to trust (PEM), for NODE_EXTRA_CA_CERTS or REQUESTS_CA_BUNDLE. */
  readonly ca: string;
  /** Those that reached Azure Resource Manager: no sign-in, nothing without a token. */
  readonly requests: readonly AskedRequest[];
  close(): Promise<void>;
}

/** Serves a tenant document over HTTPS on loopback, with a certificate made for it; port 0 takes a free one. */
export async function serve(document: TenantDocument, port = 0, how: Emulating = {}): Promise<Served> {
  const { tenantId } = readTenant(document);
  const { answer, requests } = emulate(document, how);
  const { cert, private: key } = await certificate();
  let url = '';

  const server = createServer({ cert, key }, async (incoming, outgoing) => {
    const body = await textOf(incoming);
    const path = incoming.url ?? '/';
    // A path with two slashes at its start would be read as a host if it were resolved.
    const asked = { method: incoming.method ?? 'GET', url: new URL(url + path), body };
    const given =
      signIn(url, tenantId, asked.url.pathname) ??
      (/^Bearer ./i.test(incoming.headers.authorization ?? '') ? answer(asked) : unauthenticated(url, tenantId));
    outgoing.writeHead(given.status, given.headers).end(given.body);
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', listening);
  });
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { url, ca: cert, requests, close };
}

/** Made by a library: Node can make keys, but no certificates. Loaded only when something is served. */
async function certificate() {
  const { generate } = await import('selfsigned');
  return generate([{ name: 'commonName', value: 'acr-audit emulator' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, keyEncipherment: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
