import { fails, way } from './danger.ts';
import { type Definition, neverRuns, readDefinition } from './definition.ts';
import { deletionsOf, type StepDeletion } from './find-purges.ts';
import type { PurgeCommand } from './purge-command.ts';
import { type PurgeReading, readPurge } from './purge-reading.ts';

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
  const empty = readDefinition(text, (name) => values.get(name) ?? '');
  let after = 0;
  const found = definition.steps.flatMap((step, place) => {
    after = lineOf(text, step, after);
    const at = line + after - 1;
    const emptied = 'definition' in empty ? deletionsOf(empty.definition.steps[place] ?? step, empty.definition) : [];
    return deletionsOf(step, definition).map((one, which) => ({ one, without: emptied[which], at }));
  });
  return {
    forms: ['task file'],
    unread: found.flatMap(({ one }) => (one.is === 'hidden' ? [one.why] : [])),
    purges: found.flatMap(({ one, without, at }) => {
      if (one.is !== 'purge') return [];
      const version = neverRuns(definition, one.command.image);
      const stuck = stuckReading(version ?? one.stuck, version !== null);
      return [{ command: one.command, line: at, stuck: stuck ?? unlessSet(one.command, without) }];
    }),
  };
}

/** A value that nothing sets is empty: where the command deletes nothing then, whoever leaves it out cleans nothing. */
function unlessSet(command: PurgeCommand, without: StepDeletion | undefined): PurgeReading | null {
  const names = [...new Set(command.written.join(' ').match(/\{\{-?\s*\.Values\.\w+\s*-?\}\}/g) ?? [])];
  if (names.length === 0 || without?.is !== 'purge') return null;
  const { fate } = readPurge(without.command, { scheduled: true, abac: () => false });
  if (fate.deletes !== 'never') return null;
  const [name = ''] = names.map((one) => /\w+(?=\W*$)/.exec(one)?.[0] ?? '');
  const danger = {
    ...fate.danger,
    happens: `Nothing in this file sets ${names.join(' or ')}, and what is not set is empty. ${fate.danger.happens}`,
    instead: [
      way(
        `Set it where the task is made (az acr task create --set ${name}=…); to have it judged here, add --value ${name}=….`,
      ),
    ],
  };
  return { fate: { deletes: 'never', danger }, dangers: [danger], unreadable: [] };
}

function stuckReading(why: string | null, version: boolean): PurgeReading | null {
  if (why === null) return null;
  const fate = fails(
    why,
    way(version ? 'Write version: v1.1.0 as the first line of the definition.' : 'Write one cmd step for each purge.'),
  );
  return fate.deletes === 'never' ? { fate, dangers: [fate.danger], unreadable: [] } : null;
}

/** The line that a step of a definition begins with, behind that of the step before it: where its first words stand. */
function lineOf(text: string, { kind, command }: Definition['steps'][number], after: number): number {
  const lines = text.split('\n');
  const beginning = command.trim().split(/\s+/).slice(0, 3).join(' ');
  const from = (holds: string): number => lines.findIndex((line, at) => at >= after && line.includes(holds));
  const exact = from(beginning);
  return (exact === -1 ? from(`${kind}:`) : exact) + 1 || 1;
}
