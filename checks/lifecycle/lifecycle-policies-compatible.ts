import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

const status = 'registry/policies/softDelete/status';

export default defineCheck({
  id: 'lifecycle-policies-compatible',
  title: 'Soft delete is not combined with what Azure refuses beside it',
  problem: 'Soft delete is reported on together with features that Azure does not support beside it',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'A registry in a combination that Azure does not support has a recovery net that nobody can rely on.',
  since: '1.0',
  article: ['Retention + purge + soft delete', 'The lab'],
  area: 'lifecycle',
  needs: ['registry', 'replications', 'cacheRules'],

  why: 'In an unsupported combination a restore may bring back nothing, or only in one region, on the day it is needed.',
  symptom: 'A restore fails or leaves replicas different, and the next update of a policy is refused.',
  cause: 'The features were enabled in an order or by an api-version that did not check the combination.',
  confirm: [
    'az acr config soft-delete show --registry <registry> --subscription <subscription>',
    'az acr config retention show --registry <registry> --subscription <subscription>',
    'az acr replication list --registry <registry> --subscription <subscription> --output table',
  ],
  fix: {
    steps: [
      commands.manual(
        'Decide which one this registry needs. To keep replicas, cache rules or retention: az acr config soft-delete update --registry <registry> --subscription <subscription> --status disabled. To keep soft delete: remove the others.',
      ),
    ],
    breaks: 'Switching soft delete off deletes what is in it; removing replicas cuts the regions that pull from them.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-soft-delete-policy'],

  evaluate({ registry, replications, cacheRules }) {
    const said = registry.policies.softDelete?.status ?? null;
    const on = { at: status, saw: said } as const;
    if (said === 'disabled') return verdict.passByOne(on);
    const obstacles = posture.obstaclesToSoftDelete(registry, replications, cacheRules);
    if (said === 'enabled') {
      if (obstacles.length > 0)
        return verdict.fail(
          [on, ...obstacles.map(({ seen }) => seen)],
          `Soft delete is on although ${posture.obstacleWords(obstacles)}`,
        );
      const retention = registry.policies.retention?.status ?? null;
      if (retention !== 'disabled') return verdict.notSaid('registry/policies/retention/status', retention);
      return verdict.pass([
        on,
        { at: 'replications', saw: replications },
        { at: 'cacheRules', saw: cacheRules },
        { at: 'registry/policies/retention/status', saw: retention },
      ]);
    }
    return verdict.untold(
      said === null
        ? "Azure's answer has no soft delete policy; only preview api-versions show it"
        : `the soft delete status is '${said}'`,
    );
  },
});
