import { shellWord } from '../model/shell.ts';

/**
 * Shows a cluster, by its id: it may live in another subscription than the registry. `query` starts at the resource of
 * ARM. By `az resource`, because `az aks show` takes no `--ids`.
 */
export const clusterShow = (id: string, query: string): string =>
  `az resource show --ids ${shellWord(id)} --query "${query}"`;
