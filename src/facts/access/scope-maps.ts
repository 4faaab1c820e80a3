import type { ScopeMap } from '../../model/facets/scope-maps.ts';
import type { Token } from '../../model/facets/tokens.ts';
import { lastPart, sameId } from '../../model/ids.ts';
import type { Observation, Observations } from '../../model/outcome.ts';

/** Whether a map belongs to a connected registry: its actions are those of a gateway. */
export const isGatewayMap = (map: ScopeMap): boolean => map.actions.some((action) => /^gateway\//i.test(action));

/** The maps that come with every registry: their names begin with an underscore, whatever the type says. */
export const isSystemMap = ({ name, type }: ScopeMap): boolean =>
  name.startsWith('_') || (type ?? '').toLowerCase().includes('system');

/** The map of a token and where it is in the evidence; its name even where the list lacks it. */
export interface TokenMap {
  readonly name: string;
  readonly map: ScopeMap | null;
  readonly at: `scopeMaps/${number}`;
}

/** `null` where Azure names none. */
export function mapOf({ scopeMap: id }: Token, maps: readonly ScopeMap[]): TokenMap | null {
  if (id === null || id === '') return null;
  const place = maps.findIndex((map) => sameId(map.id, id));
  return { name: lastPart(id), map: maps[place] ?? null, at: `scopeMaps/${place}` };
}

/** The maps that come with a registry may be missing from the list, yet are never gone. */
export const isGone = ({ map, name }: TokenMap): boolean => map === null && !name.startsWith('_');

/** A scope map's action on repositories: `repositories/<repository>/content/read`. */
export interface RepositoryAction {
  /** A name, `*`, or a prefix that ends in `/*`. */
  readonly repository: string;
  /** `content/read`, `content/write`, `content/delete`, `metadata/read`, `metadata/write`. */
  readonly operation: string;
}

/** `null` for an action on anything but repositories. */
export function repositoryAction(action: string): RepositoryAction | null {
  const [, repository, operation] = /^repositories\/(.+)\/([^/]+\/[^/]+)$/i.exec(action) ?? [];
  return repository === undefined || operation === undefined
    ? null
    : { repository, operation: operation.toLowerCase() };
}

/** Whether a repository pattern covers another in full. Wildcards add to exact entries, never take away. */
export const coversRepository = (pattern: string, other: string): boolean =>
  pattern === '*' || pattern === other || (pattern.endsWith('/*') && other.startsWith(pattern.slice(0, -1)));

/** An action of a map, and its place in the map's list. */
export type PlacedAction = RepositoryAction & { readonly place: number };

const placed = ({ actions }: ScopeMap): readonly PlacedAction[] =>
  actions.flatMap((action, place) => {
    const on = repositoryAction(action);
    return on ? [{ ...on, place }] : [];
  });

/** The system maps that write to every repository. */
const writesEverywhere = /^_repositories_(admin|push)/i;
const readsOnly = /^_repositories_pull/i;

/** What a token's map lets it do to every repository. */
export type MapReach =
  | { readonly reach: 'some' }
  | { readonly reach: 'every'; readonly seen: Observations }
  | { readonly reach: 'untold' };

/** By what a token on the map changes every repository: the name of a system map (`named`), or actions of the map. */
export function reachOfMap({ name, map, at }: TokenMap, named: Observation): MapReach {
  if (writesEverywhere.test(name)) return { reach: 'every', seen: [named] };
  if (map === null) return { reach: readsOnly.test(name) ? 'some' : 'untold' };
  const [first, ...rest] = placed(map)
    .filter(
      ({ repository, operation }) =>
        repository === '*' && ['content/write', 'content/delete', 'metadata/write'].includes(operation),
    )
    .map(
      ({ place }): Observation => ({
        at: `${at}/actions/${place}`,
        saw: map.actions[place],
        about: `${named.about} by scope map ${name}`,
      }),
    );
  return first ? { reach: 'every', seen: [first, ...rest] } : { reach: 'some' };
}

/** The operations of a map, each once: what a narrower one in its place may grant, and no more. */
export const operationsOf = ({ name, map }: TokenMap): readonly string[] =>
  map ? [...new Set(placed(map).map(({ operation }) => operation))].sort() : (ofSystemMaps[name.toLowerCase()] ?? []);

const ofSystemMaps: Readonly<Record<string, readonly string[]>> = {
  _repositories_pull: ['content/read'],
  _repositories_pull_metadata_read: ['content/read', 'metadata/read'],
  _repositories_push: ['content/read', 'content/write'],
  _repositories_push_metadata_write: ['content/read', 'content/write', 'metadata/read', 'metadata/write'],
  _repositories_admin: ['content/delete', 'content/read', 'content/write', 'metadata/read', 'metadata/write'],
};

/** Where a map lets a token write what none of its entries lets it read: a push needs both. */
export function writesWithoutReads(map: ScopeMap): readonly PlacedAction[] {
  const all = placed(map);
  return all.filter(
    ({ operation, repository }) =>
      operation === 'content/write' &&
      !all.some((other) => other.operation === 'content/read' && coversRepository(other.repository, repository)),
  );
}
