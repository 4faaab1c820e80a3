import { CloudError, chooseCloud, clouds } from '../azure/clouds.ts';
import { connect } from '../azure/index.ts';
import type { Azure } from '../collect/azure.ts';
import { UsageError } from './errors.ts';
import type { EvidenceArgs } from './options.ts';

export interface Opened {
  readonly azure: Azure;
  /** The instant that counts as now where Azure is emulated. */
  readonly now?: () => string;
}

/** Azure, or the built-in tenant behind the same clients. */
export async function azureFor(args: EvidenceArgs, signal: AbortSignal): Promise<Opened> {
  const limits = { concurrency: args.concurrency, timeoutSeconds: args.timeout, signal, onRequest: tell(args) };
  if (args.demo) {
    const [{ emulate }, { demoTenant }] = await Promise.all([
      import('../emulator/emulate.ts'),
      import('../emulator/demo.ts'),
    ]);
    const { httpClient, now } = emulate(demoTenant());
    const credential = { getToken: async () => ({ token: 'demo', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
    return { azure: connect({ ...limits, cloud: clouds.public, httpClient, credential }), now: () => now };
  }
  checkProxies(process.env);
  return { azure: connect({ ...limits, cloud: cloudOf(args) }) };
}

/** The SDK breaks over a proxy that is no address. What was given may hold a password: it is not repeated. */
function checkProxies(env: NodeJS.ProcessEnv): void {
  const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
  const wrong = names.find((name) => env[name] && !/^https?:\/\/./.test(URL.canParse(env[name]) ? env[name] : ''));
  if (wrong !== undefined)
    throw new UsageError(`${wrong} is not the address of a proxy`, 'write it as http://HOST:PORT, or unset it');
}

function cloudOf(args: EvidenceArgs) {
  try {
    return chooseCloud({ cloud: args.cloud, resourceManagerEndpoint: args['resource-manager-endpoint'] }, process.env);
  } catch (error) {
    if (error instanceof CloudError) throw new UsageError(error.message, 'see --cloud and --resource-manager-endpoint');
    throw error;
  }
}

const tell =
  ({ verbose, debug }: EvidenceArgs) =>
  (method: string, url: string): void => {
    if (!verbose && !debug) return;
    const { pathname, search } = new URL(url);
    process.stderr.write(`${method} ${pathname}${debug ? search : ''}\n`);
  };
