import { spawn } from 'node:child_process';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { generate } from 'selfsigned';
import type { NameServers } from '../../src/collect/probe.ts';
import { nameServers } from '../../src/probe/index.ts';

/** Something that listens on loopback, and where. */
export interface Listening {
  readonly port: number;
  /** PEM, to trust; empty where it has no certificate. */
  readonly ca: string;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An HTTPS server with a certificate for the names, that answers everything the same and notes what it was asked. */
export async function registryAt(names: readonly string[], answer: Answer) {
  const { cert, private: key } = await generate([{ name: 'commonName', value: names[0] ?? '' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2 as const, value })) },
    ],
  });
  const asked: { readonly line: string; readonly authorization: string | undefined }[] = [];
  const server = createHttps({ cert, key }, ({ method, url, headers }, out) => {
    asked.push({ line: `${method} ${url} ${headers.host}`, authorization: headers.authorization });
    out.writeHead(answer.status, answer.headers).end(answer.body ?? '');
  });
  return { ...(await listening(server)), ca: cert, asked };
}

/** A port that takes connections and says nothing. */
export const silentServer = (): Promise<Listening> => listening(createServer(() => {}));

/** A port where nothing listens. */
export async function closedPort(): Promise<Listening> {
  const { port, close } = await silentServer();
  await close();
  return { port, ca: '', close: async () => {} };
}

/** A port that drops what comes: it listens, its queue is full, and nobody takes anything from it. */
export async function blackHole(): Promise<Listening> {
  const child = spawn(process.execPath, [
    '-e',
    `const s = require('node:net').createServer(); s.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       require('node:fs').writeSync(1, String(s.address().port));
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000);
     })`,
  ]);
  const port = await new Promise<number>((told) => child.stdout.once('data', (text) => told(Number(text))));
  const fillers = Array.from({ length: 4 }, (): Socket => connect(port, '127.0.0.1').on('error', () => {}));
  await new Promise((wait) => setTimeout(wait, 200));
  return {
    port,
    ca: '',
    close: async () => {
      for (const filler of fillers) filler.destroy();
      child.kill('SIGKILL');
    },
  };
}

async function listening(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as AddressInfo).port,
    ca: '',
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** A DNS server's view of names; nothing connects to what they name. */
export function onlyNames(timeoutMs: number, server: string): NameServers {
  const from = nameServers(timeoutMs, [server]);
  const resolve = async (name: string) => ({ ...(await from.resolve(name)), connections: [] });
  return { servers: from.servers, look: resolve, resolve };
}
