import { shellWord } from '../model/shell.ts';

/** Shows a cluster, by its id: it may live in another subscription than the registry. */
export const clusterShow = (id: string, query: string): string =>
  `az aks show --ids ${shellWord(id)} --query "${query}"`;
