import * as v from 'valibot';
import type { SecretFinding, Task, TaskStep, TaskValue } from '../model/facets/tasks.ts';
import { byText } from '../model/ids.ts';
import type { RegistryCollector } from './collector.ts';
import { identityWire, managedIdentity } from './managed-identity.ts';
import { flag, listOrNone, maybe, member, number, read, text, texts } from './read.ts';

const value = v.object({ name: text, value: maybe(text), isSecret: maybe(flag) });
const dependency = v.object({ type: maybe(text), tag: maybe(text) });
const step = v.object({
  type: maybe(text),
  contextPath: maybe(text),
  baseImageDependencies: listOrNone(dependency),
  imageNames: maybe(texts),
  isPushEnabled: maybe(flag),
  dockerFilePath: maybe(text),
  arguments: listOrNone(value),
  taskFilePath: maybe(text),
  valuesFilePath: maybe(text),
  encodedTaskContent: maybe(text),
  encodedValuesContent: maybe(text),
  values: listOrNone(value),
});
const trigger = { name: maybe(text), status: maybe(member('enabledDisabled')) };
const wire = v.object({
  id: text,
  name: text,
  systemData: maybe(v.object({ lastModifiedAt: maybe(text) })),
  identity: maybe(identityWire),
  properties: v.object({
    status: maybe(member('enabledDisabled')),
    creationDate: maybe(text),
    agentPoolName: maybe(text),
    timeout: maybe(number),
    isSystemTask: maybe(flag),
    step: maybe(step),
    trigger: maybe(
      v.object({
        timerTriggers: listOrNone(v.object({ ...trigger, schedule: maybe(text) })),
        sourceTriggers: listOrNone(
          v.object({
            ...trigger,
            sourceTriggerEvents: maybe(texts),
            sourceRepository: maybe(v.object({ repositoryUrl: maybe(text), branch: maybe(text) })),
          }),
        ),
        baseImageTrigger: maybe(v.object(trigger)),
      }),
    ),
    credentials: maybe(
      v.object({
        sourceRegistry: maybe(v.object({ identity: maybe(text) })),
        customRegistries: maybe(v.record(text, v.unknown())),
      }),
    ),
  }),
});

/** Reads a task and masks every credential-like literal in it: none may reach a snapshot. */
export async function parseTask(body: unknown): Promise<Task> {
  const { id, name, systemData, identity, properties } = read('a task', wire, body);
  const findings: SecretFinding[] = [];
  const mask = masker(findings);
  const { credentials, trigger: triggers } = properties;
  const { timerTriggers: timers, sourceTriggers: sources, baseImageTrigger: baseImage } = triggers ?? untoldTriggers;
  // Texts that nobody needs, where a password may stand all the same.
  await Promise.all([
    ...timers.map(({ name }) => mask(name, 'timer')),
    ...sources.flatMap(({ name, sourceRepository: from }) => [
      mask(name, 'source trigger'),
      mask(from?.repositoryUrl ?? null, 'source trigger'),
      mask(from?.branch ?? null, 'branch'),
    ]),
    mask(baseImage?.name ?? null, 'base image trigger'),
    ...Object.keys(credentials?.customRegistries ?? {}).map((host) => mask(host, 'custom registry')),
    mask(properties.step?.dockerFilePath ?? null, 'Dockerfile path'),
    mask(properties.step?.valuesFilePath ?? null, 'values file path'),
  ]);
  return {
    id,
    name,
    status: properties.status,
    createdAt: properties.creationDate,
    changedAt: systemData?.lastModifiedAt ?? null,
    agentPool: properties.agentPoolName,
    timeoutSeconds: properties.timeout,
    isSystemTask: properties.isSystemTask,
    identity: identity && managedIdentity(identity),
    step: withFindings(await parseStep(properties.step, mask), findings),
    timers: timers.map(({ schedule, status }) => ({ schedule, status })),
    sources: sources.map(({ status, sourceTriggerEvents: events }) => ({ status, events })),
    baseImage: baseImage && { status: baseImage.status },
    sourceRegistryIdentity: credentials?.sourceRegistry?.identity ?? null,
  };
}

/** Recorded answers always have the triggers, each left out where it is none: without them, there may be any. */
const untoldTriggers = {
  timerTriggers: [{ name: null, status: null, schedule: null }],
  sourceTriggers: [{ name: null, status: null, sourceTriggerEvents: null, sourceRepository: null }],
  baseImageTrigger: { name: null, status: null },
};

/** `name`: what the text is the value of, where it has a name. */
type Mask = (raw: string | null, where: string, name?: string) => Promise<string | null>;

const masker =
  (findings: SecretFinding[]): Mask =>
  async (raw, where, name) => {
    if (raw === null) return null;
    // The rule set is large: read only where there is something to look through.
    const { maskNamed, maskSecrets } = await import('../facts/tasks/secrets.ts');
    const masked = await (name === undefined ? maskSecrets(raw, where) : maskNamed(name, raw, where));
    findings.push(...masked.findings);
    return masked.text;
  };

const withFindings = (step: TaskStep, findings: readonly SecretFinding[]): TaskStep =>
  step.kind === 'other'
    ? step
    : { ...step, secretFindings: [...findings].sort((a, b) => byText(a.where, b.where) || byText(a.rule, b.rule)) };

async function parseStep(raw: v.InferOutput<typeof step> | null, mask: Mask): Promise<TaskStep> {
  const kind = raw?.type?.toLowerCase();
  if (!raw || (kind !== 'docker' && kind !== 'filetask' && kind !== 'encodedtask'))
    return { kind: 'other', type: raw?.type ?? null };
  const given = await maskValues(kind === 'docker' ? raw.arguments : raw.values, mask);
  const common = {
    context: await mask(raw.contextPath, 'context'),
    baseImages: raw.baseImageDependencies,
    values: given,
    secretFindings: [],
  };
  switch (kind) {
    case 'docker': {
      const imageNames = await Promise.all((raw.imageNames ?? []).map((name) => mask(name, 'image name')));
      return {
        ...common,
        kind: 'docker',
        imageNames: imageNames.filter((name) => name !== null),
        isPushEnabled: raw.isPushEnabled,
      };
    }
    case 'filetask':
      return {
        ...common,
        kind: 'file',
        path: await mask(raw.taskFilePath, 'task file path'),
      };
    case 'encodedtask': {
      const content = await mask(decoded(raw.encodedTaskContent), 'task definition');
      const valuesFile = await mask(decoded(raw.encodedValuesContent), 'values file');
      const problem = content === null ? 'its content is not base64 of a text' : null;
      return { ...common, kind: 'encoded', content, valuesFile, problem };
    }
  }
}

const maskValues = (values: readonly v.InferOutput<typeof value>[], mask: Mask): Promise<readonly TaskValue[]> =>
  Promise.all(
    values.map(async ({ name: written, value: raw, isSecret }) => {
      const name = (await mask(written, 'name of a value')) ?? '';
      // A value that Azure calls secret is dropped unread.
      const value = isSecret === true ? null : await mask(raw, `value ${name}`, name);
      return { name, value, isSecret: isSecret === true };
    }),
  );

/**
 * `null` for anything that is not the base64 of UTF-8 text: Node's decoder would skip over what it can't read. A
 * byte-order mark stays: the builder reads a definition otherwise behind one.
 */
function decoded(base64: string | null): string | null {
  const compact = base64?.replaceAll(/\s/g, '');
  if (!compact || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact) || compact.length % 4 !== 0) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(compact, 'base64'));
  } catch {
    return null;
  }
}

export const tasks: RegistryCollector<'tasks'> = {
  facet: 'tasks',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/tasks/read'],
  collect: async (azure, registry, { each }) =>
    each(await azure.list(`${registry.id}/tasks`, '2025-03-01-preview'), parseTask),
};
