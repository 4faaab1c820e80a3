import { request } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Connection } from '../model/facets/resolution.ts';

export interface Connecting {
  readonly port: number;
  /** Milliseconds for each of TCP, TLS and HTTP. */
  readonly timeoutMs: number;
  /** Whether to ask `GET /v2/` once TLS stands. */
  readonly http: boolean;
}

/** More of an answer than this is not read. */
const longestBody = 65_536;

/** Connects to one address of a name, without credentials, and says how far it came. Follows nothing. Never rejects. */
export async function connect(name: string, address: string, connecting: Connecting): Promise<Connection> {
  const tcp = await reach(address, connecting);
  if (!('socket' in tcp)) return { address, step: 'tcp', problem: tcp.problem };
  const tls = await handshake(tcp.socket, name, connecting.timeoutMs);
  if (!('socket' in tls)) return { address, step: 'tls', ...tls };
  if (!connecting.http) {
    tls.socket.destroy();
    return { address, step: 'connected' };
  }
  return { address, ...(await askApi(tls.socket, name, connecting.timeoutMs)) };
}

type Reached = { readonly socket: Socket } | { readonly problem: 'refused' | 'timeout' | 'unreachable' };

const reach = (host: string, { port, timeoutMs }: Connecting): Promise<Reached> =>
  new Promise((done) => {
    const socket = connectTcp({ host, port });
    const end = (result: Reached): void => {
      socket.removeAllListeners();
      if ('problem' in result) {
        socket.on('error', () => {});
        socket.destroy();
      }
      done(result);
    };
    socket.setTimeout(timeoutMs, () => end({ problem: 'timeout' }));
    socket.once('connect', () => {
      socket.setTimeout(0);
      end({ socket });
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      end({ problem: code === 'ECONNREFUSED' ? 'refused' : code === 'ETIMEDOUT' ? 'timeout' : 'unreachable' }),
    );
  });

type Shaken =
  | { readonly socket: TLSSocket }
  | { readonly problem: 'name' | 'issuer' | 'broken'; readonly detail: string };

const handshake = (socket: Socket, servername: string, timeoutMs: number): Promise<Shaken> =>
  new Promise((done) => {
    const tls = connectTls({ socket, servername, ALPNProtocols: ['http/1.1'] });
    const end = (result: Shaken): void => {
      clearTimeout(timer);
      tls.removeAllListeners();
      if ('problem' in result) {
        tls.on('error', () => {});
        tls.destroy();
        socket.destroy();
      }
      done(result);
    };
    const timer = setTimeout(() => end({ problem: 'broken', detail: 'no answer in time' }), timeoutMs);
    tls.once('secureConnect', () => end({ socket: tls }));
    tls.once('close', () => end({ problem: 'broken', detail: 'the other side hung up' }));
    tls.once('error', (error: NodeJS.ErrnoException) => end(flawOf(error)));
  });

function flawOf(error: NodeJS.ErrnoException & { readonly cert?: Partial<PeerCertificate> }): Shaken {
  const code = error.code ?? error.message;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return { problem: 'name', detail: firstNames(error.cert?.subjectaltname) ?? 'another name' };
  // OpenSSL's codes of a chain that this machine does not trust.
  if (/CERT|SIGNATURE|ISSUER/.test(code)) return { problem: 'issuer', detail: code };
  return { problem: 'broken', detail: code };
}

const firstNames = (list: string | undefined): string | null =>
  list === undefined || list === ''
    ? null
    : list
        .split(', ')
        .slice(0, 3)
        .map((entry) => entry.replace(/^DNS:/, ''))
        .join(', ');

const askApi = (socket: TLSSocket, host: string, timeoutMs: number): Promise<Answer> =>
  new Promise((done) => {
    const end = (result: Answer): void => {
      clearTimeout(timer);
      asked.on('error', () => {});
      asked.destroy();
      socket.destroy();
      done(result);
    };
    const timer = setTimeout(() => end({ step: 'silent', problem: 'no answer in time' }), timeoutMs);
    const asked = request(
      {
        host,
        path: '/v2/',
        method: 'GET',
        createConnection: () => socket,
        headers: { host, accept: '*/*' },
      },
      (answer) => {
        let body = '';
        const finish = () => {
          const status = answer.statusCode ?? 0;
          end({
            step: 'http',
            status,
            challenged: /^bearer\b/i.test(answer.headers['www-authenticate'] ?? ''),
            denial: status === 403 ? denialIn(body) : null,
            redirect: status >= 300 && status < 400 ? hostOf(answer.headers.location) : null,
          });
        };
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => {
          body += piece;
          if (body.length > longestBody) finish();
        });
        answer.on('end', finish);
        answer.on('error', ({ message }) => end({ step: 'silent', problem: message }));
      },
    );
    asked.on('error', ({ message }) => end({ step: 'silent', problem: message }));
    asked.end();
  });

type Answer =
  | Omit<Extract<Connection, { step: 'http' }>, 'address'>
  | Omit<Extract<Connection, { step: 'silent' }>, 'address'>;

/** ACR's words: "client with IP '203.0.113.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access." */
const denialIn = (body: string): string | null =>
  /client with IP [^"\\]{1,200}/i
    .exec(body)?.[0]
    .trim()
    .replace(/[^\x20-\x7e]/g, '') ?? null;

function hostOf(location: string | undefined): string {
  if (location === undefined || !URL.canParse(location)) return 'a place that is no address';
  return new URL(location).host;
}
