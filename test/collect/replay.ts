import { checks } from '../../checks/index.ts';
import { clouds } from '../../src/azure/clouds.ts';
import { connect } from '../../src/azure/index.ts';
import type { Azure } from '../../src/collect/azure.ts';
import { collect } from '../../src/collect/collect.ts';
import { emulate, type TenantDocument } from '../../src/emulator/index.ts';
import { type Judged, judgeAll } from '../../src/engine/judge-all.ts';
import type { Facet } from '../../src/model/facets.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { everyFacet } from '../emulated.ts';

/** An answer of Azure: the path or query that was asked, and the elements of a list or the one body. */
export interface Held {
  readonly asked: string;
  readonly bodies: readonly unknown[];
}

/** Azure that is asked once: from then on it answers with the very same objects, which a test may change. */
export interface Replay {
  readonly held: readonly Held[];
  collected(): Promise<Snapshot>;
}

/** The path without its query, or the query of Resource Graph. */
const pathOf = (args: readonly unknown[]): string =>
  String(args.find((one) => String(one).startsWith('/')) ?? args[0]).replace(/\?.*/, '');

type Scope = Pick<Parameters<typeof collect>[1], 'managementGroup' | 'registries'>;

const credential = { getToken: async () => ({ token: 'token', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };

/** A tenant that is collected again and again; the first time makes the answers. */
export async function replayed(document: TenantDocument, scope: Partial<Scope> = {}): Promise<Replay> {
  const { httpClient, now } = emulate(document);
  const azure = connect({ cloud: clouds.public, credential, httpClient });
  const answers = new Map<string, Promise<unknown>>();
  const held: Held[] = [];
  const once =
    <A extends readonly unknown[], T>(ask: (...args: A) => Promise<T>, bodies: (answer: T) => readonly unknown[]) =>
    (...args: A): Promise<T> => {
      const key = JSON.stringify(args);
      const before = answers.get(key) as Promise<T> | undefined;
      if (before) return before;
      const answer = ask(...args);
      answers.set(key, answer);
      answer.then(
        (given) => held.push({ asked: pathOf(args), bodies: bodies(given) }),
        () => {},
      );
      return answer;
    };
  const kept: Azure = {
    cloud: azure.cloud,
    get: once(azure.get, (body) => [body]),
    list: once(azure.list, (items) => items),
    firstPages: once(azure.firstPages, ({ items }) => items),
    graph: once(azure.graph, (rows) => rows),
    registry: once(azure.registry, ({ body }) => [body]),
  };
  const collected = () =>
    collect(
      kept,
      {
        subscriptions: [],
        managementGroup: null,
        registries: [],
        groups: [],
        tags: [],
        declared: [],
        facets: everyFacet,
        ...scope,
      },
      { tool: { name: 'acr-audit', version: '0.0.0' }, now: () => now, progress: () => {} },
    );
  await collected();
  return { held, collected };
}

type Facets = Readonly<Record<string, unknown>>;

/** The facets that are other evidence now, of anything in the snapshot. */
function changedFacets(before: Snapshot, after: Snapshot): ReadonlySet<string> {
  const of = ({ subscriptions, registries, shared }: Snapshot): readonly Facets[] => [
    shared,
    ...subscriptions.map(({ facets }) => facets),
    ...registries.map(({ facets }) => facets),
  ];
  const [was, is] = [of(before), of(after)];
  if (was.length !== is.length) return everyFacet;
  return new Set(
    is.flatMap((facets, index) =>
      Object.keys({ ...facets, ...was[index] }).filter(
        (facet) => JSON.stringify(facets[facet]) !== JSON.stringify(was[index]?.[facet]),
      ),
    ),
  );
}

/** The verdicts of every check that is handed a facet that changed; one that is handed none gives what it gave before.
 * `null`: nothing changed. */
export function verdictsWhere(before: Snapshot, after: Snapshot): readonly Judged[] | null {
  const changed = changedFacets(before, after);
  const sameLists =
    JSON.stringify(before.subscriptions.map(({ registries }) => registries)) ===
    JSON.stringify(after.subscriptions.map(({ registries }) => registries));
  const concerned = checks.filter(({ needs, evidence = [], words = [] }) =>
    [...needs, ...evidence, ...words].some((facet: Facet) => changed.has(facet) || !sameLists),
  );
  if (sameLists && changed.size === 0) return null;
  return concerned.length === 0 ? [] : judgeAll(after, { checks: concerned, profile: 'regulated' });
}
