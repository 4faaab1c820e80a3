import { probePage } from '../explain/probe.ts';
import { probeNames } from '../explain/probe-names.ts';
import { look, nameServers } from '../probe/index.ts';
import { probeJson, renderProbe } from '../report/probe.ts';
import type { ProbeAsked } from './asked.ts';
import { UsageError } from './errors.ts';
import { tell, write } from './terminal.ts';

/** Looks from this machine and says what it means; resolves to the exit code. */
export async function runProbe({ loginServer, regions, timeoutSeconds, json, style }: ProbeAsked): Promise<0 | 1 | 3> {
  const { host, port } = serverOf(loginServer);
  const from = nameServers();
  const timeoutMs = timeoutSeconds * 1000;
  const looked = await Promise.all(
    probeNames(host, [...new Set(regions.map(regionOf))]).map(async (name) => ({
      ...name,
      ...(await look(name.name, from, { port, timeoutMs, http: name.role === 'login server' })),
    })),
  );
  const page = probePage(looked, from.servers, hasProxy(process.env));
  await (json ? write(process.stdout, probeJson(page)) : tell(renderProbe(page, style)));
  return { good: 0, broken: 1, unclear: 3 }[page.verdict] as 0 | 1 | 3;
}

const dnsName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;

function serverOf(given: string): { readonly host: string; readonly port: number } {
  const [host = '', port = '443', ...rest] = given.trim().toLowerCase().split(':');
  if (dnsName.test(host) && /^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65_536 && rest.length === 0)
    return { host, port: Number(port) };
  const name = /^(?:https?:\/\/)?([a-z0-9-]+)((?:\.[a-z0-9-]+)*)/.exec(given.trim().toLowerCase());
  const meant = name?.[1] ? `${name[1]}${name[2] || '.azurecr.io'}` : 'myregistry.azurecr.io';
  throw new UsageError(`'${given}' is no login server`, `did you mean acr-audit probe ${meant}?`);
}

function regionOf(given: string): string {
  const region = given.toLowerCase().replaceAll(' ', '');
  if (/^[a-z0-9]{2,40}$/.test(region)) return region;
  throw new UsageError(`'${given}' is no region`, 'az account list-locations --query "[].name" lists them');
}

const hasProxy = (env: NodeJS.ProcessEnv): boolean =>
  ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].some((name) => Boolean(env[name]));
