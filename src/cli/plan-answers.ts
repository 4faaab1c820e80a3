import type { Values } from '../engine/in-cloud.ts';
import type { AnyCheck } from '../model/check.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { knownValues, unfit } from '../plan/answers.ts';
import { questionIds, questionOf } from '../plan/bind.ts';
import { UsageError } from './errors.ts';
import { didYouMean } from './nearest.ts';
import { contentOf } from './small-file.ts';

/** The answers of the file and of `--set`, which goes before. A wrong question or value is a `UsageError`. */
export function answersIn(set: readonly string[], file: string | null, checks: readonly AnyCheck[]): Values {
  const ids = questionIds(checks);
  const ofFile = file === null ? {} : answersOf(file);
  for (const [key, value] of Object.entries(ofFile)) known(key, value, ids, `${file}: `);
  const given: Record<string, string> = {};
  for (const one of set) {
    const at = one.indexOf('=');
    if (at < 1) throw new UsageError(`--set ${one} answers no question`, '--set QUESTION=VALUE');
    const [key, value] = [one.slice(0, at), one.slice(at + 1)];
    if (Object.hasOwn(given, key)) throw new UsageError(`--set answers ${key} twice`, 'answer it once');
    known(key, value, ids, '--set ');
    given[key] = value;
  }
  return { ...ofFile, ...given };
}

function known(key: string, value: string, ids: readonly string[], where: string): void {
  const { id, registry } = questionOf(key);
  const ahead = registry === null ? '' : `${registry}.`;
  if (!ids.includes(id))
    throw new UsageError(
      `${where}${key}: there is no question '${id}'`,
      didYouMean(id, ids, (name) => `${ahead}${name}`) ?? `the questions are ${ids.join(', ')}`,
    );
  const near = didYouMean(value, knownValues(id));
  const form = unfit(id, value);
  if (form !== null)
    throw new UsageError(`${where}${key}: '${value}' is not ${form.is}`, near ?? `${ahead}${id}=${form.example}`);
  const values = knownValues(id);
  // A region may be newer than the list; what only begins like a known one is no slip.
  if (near !== null && !values.includes(value) && !values.some((one) => value.startsWith(one)))
    throw new UsageError(`${where}${key}: there is no ${id} '${value}'`, near);
}

/** Refuses an answer for a registry that is not in the plan. */
export function forRegistries(answers: Values, { registries, subscriptions }: Snapshot): void {
  const names = [...registries, ...subscriptions].flatMap(({ name }) => name ?? []);
  for (const key of Object.keys(answers)) {
    const { id, registry } = questionOf(key);
    if (registry === null || names.some((name) => name.toLowerCase() === registry.toLowerCase())) continue;
    throw new UsageError(
      `${key}: there is no registry '${registry}' in this plan`,
      didYouMean(registry, names, (name) => `${name}.${id}`) ?? `${id}=VALUE answers it for every registry`,
    );
  }
}

function answersOf(file: string): Values {
  const form = 'write it as {"subnet-id": "/subscriptions/…"}';
  let parsed: unknown;
  try {
    parsed = JSON.parse(contentOf(file, 'the answers', 'name the file that is meant: --answers'));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the answers in ${file} are no JSON: ${(error as Error).message}`, form);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new UsageError(`the answers in ${file} are no texts by question`, form);
  const [wrong] = Object.entries(parsed).filter(([, value]) => typeof value !== 'string');
  if (wrong) throw new UsageError(`${file}: the answer to ${wrong[0]} is no text`, `"${wrong[0]}": "VALUE"`);
  return parsed as Values;
}
