import { accessFacets, accessPage } from '../explain/access.ts';
import { accessJson, renderAccess } from '../report/access.ts';
import { UsageError } from './errors.ts';
import { evidence } from './evidence.ts';
import type { ExplainArgs } from './explain.ts';
import { styleOn, write } from './terminal.ts';

const usage = 'acr-audit explain --registry NAME access';

/** Says who can do what to one registry. 3: not all of it could be seen; as a scan would exit. */
export async function explainAccess(args: ExplainArgs): Promise<number> {
  const { registry } = args;
  if (registry === undefined) throw new UsageError('who has access to which registry?', usage);
  const snapshot = await evidence({ ...args, registry: [registry] }, accessFacets);
  const [entry, another] = snapshot.registries;
  if (!entry) throw new UsageError(`registry '${registry}' could not be seen`, 'widen the scope: --subscription', 3);
  if (another) throw new UsageError(`several registries are called '${registry}'`, 'name one by its resource id');
  const page = accessPage(snapshot, entry);
  const style = styleOn(process.stdout, args.color, process.env);
  await write(process.stdout, args.output === 'json' ? accessJson(page) : renderAccess(page, style));
  return page.unseen.length > 0 ? 3 : 0;
}
