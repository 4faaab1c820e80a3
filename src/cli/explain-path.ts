import { checks } from '../../checks/index.ts';
import { pathFacets } from '../explain/path.ts';
import type { RegistryEntry } from '../model/snapshot.ts';
import { pathJson, renderPath } from '../report/path.ts';
import type { PageAsked } from './asked.ts';
import { declaredIn, loadConfig } from './config.ts';
import { UsageError } from './errors.ts';
import { evidence } from './evidence.ts';
import { printedPath } from './pages.ts';
import { tell, write } from './terminal.ts';

const usage = 'acr-audit explain path NAME';

/** Says from where one registry can be pulled, and where the way is cut. 1: it is cut somewhere; 3: not all is known. */
export async function explainPath({ registry, text, asking, configFile, json, style }: PageAsked): Promise<number> {
  if (registry === undefined || text.length > 0) throw new UsageError('the path of which registry?', usage);
  const config = loadConfig(configFile, process.cwd(), checks);
  const snapshot = await evidence(asking, pathFacets, declaredIn(config));
  const [entry, ...others] = snapshot.registries;
  if (!entry) throw new UsageError(`registry '${registry}' could not be seen`, 'acr-audit scan says why', 3);
  if (others.length > 0) throw new UsageError(`${registry} is not the only one of that name`, 'give its resource id');
  const page = printedPath(snapshot, entry);
  if (page === null) throw unread(entry);
  await (json ? write(process.stdout, pathJson(page)) : tell(renderPath(page, style)));
  if (page.stops.some(({ can }) => can !== 'unknown')) return 1;
  return page.stops.length > 0 || page.unseen.length > 0 ? 3 : 0;
}

const unread = ({ name, facets: { registry } }: RegistryEntry): UsageError =>
  new UsageError(
    `registry ${name} could not be read: ${registry && registry.state !== 'observed' ? registry.reason : 'it was not collected'}`,
    'docs/permissions.md lists what reading it takes',
    3,
  );
