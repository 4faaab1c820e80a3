import { clouds } from '../azure/clouds.ts';
import type { Login } from '../azure/credential.ts';
import { connect } from '../azure/index.ts';
import type { Azure } from '../collect/azure.ts';
import type { Live, Voice } from './asking.ts';
import { cloudOf } from './cloud.ts';
import { UsageError } from './errors.ts';

export interface Opened {
  readonly azure: Azure;
  /** The instant that counts as now where Azure is emulated. */
  readonly now?: () => string;
}

/**
 * Azure, or the built-in tenant behind the same clients. `say` is told, for people, when Azure's limits are waited for;
 * `onLogin` who is logged in.
 */
export async function azureFor(
  { kind, cloud, limits }: Live,
  voice: Voice,
  say: (text: string) => void,
  onLogin: (login: Login) => void,
  signal: AbortSignal,
): Promise<Opened> {
  const onWait = (family: string, ms: number) => say(`waiting ${Math.ceil(ms / 1000)} s for Azure's limit (${family})`);
  const asking = { ...limits, signal, onRequest: tell(voice), onWait, onLogin };
  if (kind === 'demo') {
    const [{ emulate }, { demoTenant }] = await Promise.all([
      import('../emulator/emulate.ts'),
      import('../emulator/demo.ts'),
    ]);
    const { httpClient, now } = emulate(demoTenant());
    const credential = { getToken: async () => ({ token: 'demo', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
    return { azure: connect({ ...asking, cloud: clouds.public, httpClient, credential }), now: () => now };
  }
  checkProxies(process.env);
  return { azure: connect({ ...asking, cloud: cloudOf(cloud) }) };
}

/** The SDK breaks over a proxy that is no address. What was given may hold a password: it is not repeated. */
function checkProxies(env: NodeJS.ProcessEnv): void {
  const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
  const wrong = names.find((name) => env[name] && !/^https?:\/\/./.test(URL.canParse(env[name]) ? env[name] : ''));
  if (wrong !== undefined)
    throw new UsageError(`${wrong} is not the address of a proxy`, 'write it as http://HOST:PORT, or unset it');
}

const tell =
  (voice: Voice) =>
  (method: string, url: string): void => {
    if (voice !== 'requests' && voice !== 'queries') return;
    const { pathname, search } = new URL(url);
    process.stderr.write(`${method} ${pathname}${voice === 'queries' ? search : ''}\n`);
  };
