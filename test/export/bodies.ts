import { readdirSync, readFileSync } from 'node:fs';
import { root } from '../../src/dev/files.ts';
import type { TenantDocument } from '../../src/emulator/index.ts';
import { recorded } from '../collect/corpus.ts';

/** A registry as ARM writes it, and where it comes from. */
export interface Body {
  readonly from: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const isRegistry = (id: string): boolean => /\/providers\/Microsoft\.ContainerRegistry\/registries\/[^/]+$/i.test(id);

/** Of every tenant in the fixtures: the demo, the others, the cases. */
function ofFixtures(): readonly Body[] {
  return ['tenants', 'cases'].flatMap((folder) =>
    readdirSync(`${root}fixtures/${folder}`).flatMap((file) => {
      const read = JSON.parse(readFileSync(`${root}fixtures/${folder}/${file}`, 'utf8'));
      const { resources }: TenantDocument = folder === 'cases' ? read.tenant : read;
      return resources.filter(({ id }) => isRegistry(id)).map((body) => ({ from: `${file} ${body.id}`, body }));
    }),
  );
}

/** Recorded from live Azure, where the recordings lie beside the project. */
const ofCorpus = (): readonly Body[] =>
  (recorded('registries') ?? []).flatMap(({ body }, line) => {
    const { value } = body as { readonly value?: readonly Body['body'][] };
    return (value ?? [body as Body['body']])
      .filter(({ id }) => typeof id === 'string' && isRegistry(id))
      .map((one) => ({ from: `registries.jsonl:${line + 1}`, body: one }));
  });

export const bodies = (): readonly Body[] => [...ofFixtures(), ...ofCorpus()];

/** The body with another value at a path; `undefined` takes it away. */
export function changed(body: unknown, path: readonly string[], value: unknown): Readonly<Record<string, unknown>> {
  const [key = '', ...rest] = path;
  const { [key]: before, ...others } = (body ?? {}) as Record<string, unknown>;
  const after = rest.length === 0 ? value : changed(before, rest, value);
  const gone = after === undefined || (rest.length > 0 && before === undefined && value === undefined);
  return gone ? others : { ...others, [key]: after };
}
