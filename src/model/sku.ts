import type { Registry } from './facets/registry.ts';

/** Whether the registry certainly lacks what only Premium has; an SKU that is absent or new proves nothing. */
export const isBelowPremium = ({ sku }: Pick<Registry, 'sku'>): boolean => sku === 'Basic' || sku === 'Standard';
