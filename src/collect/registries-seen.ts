import type { SharedCollector } from './collector.ts';

/** Nobody is asked: the registries were listed before anything else. */
export const registriesSeen: SharedCollector<'registriesSeen'> = {
  facet: 'registriesSeen',
  scope: 'shared',
  permissions: [],
  from: [],
  collect: (_azure, _known, { registriesFound }) => Promise.resolve(registriesFound),
};
