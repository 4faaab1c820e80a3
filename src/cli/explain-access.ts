import { accessFacets, accessPage } from '../explain/access.ts';
import { accessJson, renderAccess } from '../report/access.ts';
import type { PageAsked } from './asked.ts';
import { UsageError } from './errors.ts';
import { evidence } from './evidence.ts';
import { tell, write } from './terminal.ts';

const usage = 'acr-audit explain access NAME';

/** Says who can do what to one registry. 3: not all of it could be seen; as a scan would exit. */
export async function explainAccess({ registry, text, asking, json, style }: PageAsked): Promise<number> {
  if (registry === undefined || text.length > 0) throw new UsageError('who has access to which registry?', usage);
  const snapshot = await evidence(asking, [...accessFacets, 'eligibleRoles']);
  const [entry, another] = snapshot.registries;
  if (!entry) throw new UsageError(`registry '${registry}' could not be seen`, 'widen the scope: --subscription', 3);
  if (another) throw new UsageError(`several registries are called '${registry}'`, 'name one by its resource id');
  const page = accessPage(snapshot, entry);
  await (json ? write(process.stdout, accessJson(page)) : tell(renderAccess(page, style)));
  return page.unseen.length > 0 ? 3 : 0;
}
