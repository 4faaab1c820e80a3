import type { DiagnosticSetting } from '../../model/facets/diagnostic-settings.ts';
import { type Observation, type Unknown, untold } from '../../model/outcome.ts';

/** The log categories of a registry's data plane (MicrosoftDocs monitor-service-reference.md). */
export const dataPlaneCategories = ['ContainerRegistryLoginEvents', 'ContainerRegistryRepositoryEvents'] as const;

/** Groups that hold both categories. */
const groups = ['audit', 'alllogs'];

/** How one category fares over all settings: what sends it, and what looks as if it did. */
export interface CategoryLogging {
  readonly category: string;
  /** Empty: nothing sends it. */
  readonly sent: readonly Observation[];
  /** Entries that are switched off, or whose setting has no destination. */
  readonly idle: readonly Observation[];
  /** Why it cannot be told, where nothing is known to send it and something may. */
  readonly unclear: Unknown | null;
}

/** Settings add up: each may send a part, and a category counts where one sends it somewhere. */
export function loggingOf(category: string, settings: readonly DiagnosticSetting[]): CategoryLogging {
  const entries = settings.flatMap(({ name, destinations, logs }, setting) =>
    (logs ?? []).flatMap((log, index) => {
      const named = log.category?.toLowerCase() === category.toLowerCase();
      if (!named && !(log.group !== null && groups.includes(log.group.toLowerCase()))) return [];
      const about = `${log.category ?? log.group} in ${name}`;
      const enabled = { at: `diagnosticSettings/${setting}/logs/${index}/enabled`, about, saw: log.enabled } as const;
      const nowhere = { at: `diagnosticSettings/${setting}/destinations`, about, saw: destinations } as const;
      const arrives = { at: `diagnosticSettings/${setting}/destinations/0`, about, saw: destinations[0] } as const;
      return [{ enabled, nowhere, arrives: destinations.length > 0 ? arrives : null }];
    }),
  );
  const unsaid = entries.find(({ enabled, arrives }) => enabled.saw === null && arrives);
  const bare = settings.find(({ logs }) => logs === null);
  return {
    category,
    sent: entries.flatMap(({ enabled, arrives }) => (enabled.saw === true && arrives ? [enabled, arrives] : [])),
    idle: entries.flatMap(({ enabled, nowhere, arrives }): Observation[] => {
      if (enabled.saw === false) return [{ ...enabled, wanted: true }];
      return arrives ? [] : [{ ...nowhere, wanted: 'a workspace, a storage account or an event hub' }];
    }),
    unclear: unsaid
      ? untold(`Azure's answer does not say whether ${unsaid.enabled.about} is enabled`)
      : bare
        ? untold(`Azure's answer does not say what ${bare.name} sends`)
        : null,
  };
}
