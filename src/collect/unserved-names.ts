import { idKey } from '../model/ids.ts';
import type { SharedCollector } from './collector.ts';
import { resolved } from './probe.ts';

export const unservedNames: SharedCollector<'unservedNames'> = {
  facet: 'unservedNames',
  scope: 'shared',
  permissions: [],
  from: ['appConsumers', 'registriesSeen'],
  async collect(azure, { shared: { appConsumers } }, { registriesFound, names }) {
    const served = new Set(registriesFound.map(({ loginServer }) => loginServer));
    const apps = appConsumers?.state === 'observed' ? appConsumers.value.apps : [];
    const named = apps.flatMap(({ pulls }) => pulls.flatMap(({ server }) => server ?? []));
    const unserved = named.filter(
      (name) => idKey(name).endsWith(`.${azure.cloud.registrySuffix}`) && !served.has(name),
    );
    return names ? resolved(unserved, names) : { servers: [], answers: [] };
  },
};
