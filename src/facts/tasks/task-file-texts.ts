import { fails, way } from './danger.ts';
import { type Definition, neverRuns, readDefinition } from './definition.ts';
import { deletionsOf } from './find-purges.ts';
import type { PurgeCommand } from './purge-command.ts';
import type { PurgeReading } from './purge-reading.ts';

/** A purge in a text of any of the forms that hold one. */
export interface TextPurge {
  readonly command: PurgeCommand;
  /** Counted from 1. */
  readonly line: number;
  /** Why it never runs where it stands; `null`: nothing keeps it. */
  readonly stuck: PurgeReading | null;
}

export interface TextReading {
  readonly purges: readonly TextPurge[];
  /** What could not be read; each with the reason. */
  readonly unread: readonly string[];
  /** As which forms it was read. */
  readonly forms: readonly string[];
}

/** What the user says that a value is: `--value NAME=VALUE`. */
export type Values = ReadonlyMap<string, string>;

/** A text in which no purge was found. */
export const nothing = (form: string): TextReading => ({ purges: [], unread: [], forms: [form] });

/** Its steps are those of the builder: cmd, build or push, where a pipeline has run, script or task. */
export const isTaskFile = (text: string): boolean =>
  /^\s*steps\s*:/m.test(text) &&
  /^\s*-\s*(?:cmd|build|push)\s*:|^\s+(?:cmd|build|push)\s*:/m.test(text) &&
  !/^\s*-?\s*(?:run|script|bash|pwsh|powershell|task|uses|checkout)\s*:/m.test(text);

/** The purges of a task file, and what keeps the builder from running them. */
export function inTaskFile(text: string, values: Values, line = 1): TextReading {
  const read = readDefinition(text, (name) => values.get(name) ?? null);
  if ('problem' in read) return { ...nothing('task file'), unread: [read.problem] };
  const { definition } = read;
  const found = definition.steps.flatMap((step) =>
    deletionsOf(step, definition).map((one) => ({ one, at: line + lineOf(text, step) - 1 })),
  );
  return {
    forms: ['task file'],
    unread: found.flatMap(({ one }) => (one.is === 'hidden' ? [one.why] : [])),
    purges: found.flatMap(({ one, at }) => {
      if (one.is !== 'purge') return [];
      const version = neverRuns(definition, one.command.image);
      return [{ command: one.command, line: at, stuck: stuckReading(version ?? one.stuck, version !== null) }];
    }),
  };
}

function stuckReading(why: string | null, version: boolean): PurgeReading | null {
  if (why === null) return null;
  const fate = fails(
    why,
    way(version ? 'Write version: v1.1.0 as the first line of the definition.' : 'Write one cmd step for each purge.'),
  );
  return fate.deletes === 'never' ? { fate, dangers: [fate.danger], unreadable: [] } : null;
}

/** The line that a step of a definition begins with: where its first words stand. */
function lineOf(text: string, { kind, command }: Definition['steps'][number]): number {
  const lines = text.split('\n');
  const beginning = command.trim().split(/\s+/).slice(0, 3).join(' ');
  const exact = lines.findIndex((line) => line.includes(beginning));
  return (exact === -1 ? lines.findIndex((line) => line.includes(`${kind}:`)) : exact) + 1 || 1;
}
