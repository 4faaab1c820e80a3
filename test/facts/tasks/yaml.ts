import type { DockerStep, EncodedStep, FileStep, SourceTrigger, Task } from '../../../src/model/facets/tasks.ts';

/** An encoded step as the collector reads this YAML. */
export const encoded = (content: string, said: Partial<EncodedStep> = {}): EncodedStep => ({
  kind: 'encoded',
  content,
  valuesFile: null,
  problem: null,
  context: null,
  baseImages: [],
  values: [],
  secretFindings: [],
  ...said,
});

/** What `az acr task create --cmd` encodes. */
export const command = (...commands: readonly string[]): EncodedStep =>
  encoded(`version: v1.1.0\nsteps:\n${commands.map((line) => `  - cmd: ${JSON.stringify(line)}\n`).join('')}`);

/** An enabled task about which ARM said only what the row says. */
export const task = (name: string, step: Task['step'], said: Partial<Task> = {}): Task => ({
  id: `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-acr/providers/Microsoft.ContainerRegistry/registries/contoso/tasks/${name}`,
  name,
  status: 'Enabled',
  createdAt: '2026-01-01T00:00:00Z',
  changedAt: '2026-01-01T00:00:00Z',
  agentPool: null,
  timeoutSeconds: 3600,
  isSystemTask: false,
  identity: null,
  step,
  timers: [],
  sources: [],
  baseImage: null,
  sourceRegistryIdentity: null,
  ...said,
});

/** Every night at three. */
export const nightly: Task['timers'] = [{ schedule: '0 3 * * *', status: 'Enabled' }];

const common = { context: 'https://git.example.com/app.git', baseImages: [], values: [], secretFindings: [] };

/** A task of a single image. */
export const docker = (said: Partial<DockerStep> = {}): DockerStep => ({
  ...common,
  kind: 'docker',
  imageNames: ['app:{{.Run.ID}}'],
  isPushEnabled: true,
  ...said,
});

/** A definition that is in git. */
export const inGit = (said: Partial<FileStep> = {}): FileStep => ({
  ...common,
  kind: 'file',
  path: 'acr-task.yaml',
  ...said,
});

export const onGit = (events: readonly string[], status: SourceTrigger['status'] = 'Enabled'): SourceTrigger => ({
  status,
  events,
});

export const onBaseImage = (status: 'Enabled' | 'Disabled'): NonNullable<Task['baseImage']> => ({
  status,
});

export const node20 = { type: 'Runtime', tag: '20' };
