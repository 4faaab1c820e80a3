import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

const status = 'registry/policies/softDelete/status';

export default defineCheck({
  id: 'deletes-recoverable',
  title: 'A deleted image can be brought back',
  problem: 'A deleted image is gone for good, although this registry could keep it',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'Where the platform offers a recovery net at no price, one wrong purge filter should not be final.',
  since: '1.0',
  article: ['Retention + purge + soft delete', 'What each feature survives'],
  alsoKnownAs: [
    'psrule Azure.ACR.SoftDelete (AZR-000310)',
    'aprl e7f0fd54',
    'Community-Policy enable-soft-delete-policy',
  ],
  differs: 'Where Azure refuses soft delete (replicas, artifact cache, retention) nobody is told to enable it.',
  area: 'lifecycle',
  needs: ['registry', 'replications', 'cacheRules'],

  why: 'One wrong purge filter, script or click removes the image that production runs, and Azure keeps no copy.',
  symptom: 'Pods that restart stay in ImagePullBackOff with "manifest unknown", and support cannot restore the image.',
  signs: ['manifest unknown', 'MANIFEST_UNKNOWN'],
  cause: 'Soft delete is a preview that is off by default, on every SKU.',
  confirm: ['az acr config soft-delete show --registry <registry> --subscription <subscription>'],
  fix: {
    steps: [
      commands.manual(
        'Decide once what this registry needs: soft delete rules out the retention policy, a second region and cache rules. To have those, leave it off and lock releases instead.',
      ),
      commands.acrSoftDelete(7),
    ],
    breaks:
      'Geo-replication, artifact cache and the retention policy cannot be added while it is on; an image with the digest of a deleted one cannot be pushed until the deleted one is restored or expires; deleted artifacts are billed until then.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-soft-delete-policy'],

  evaluate({ registry, replications, cacheRules }) {
    const said = registry.policies.softDelete?.status ?? null;
    if (said === 'enabled') return verdict.passByOne({ at: status, saw: said });
    const obstacles = posture.obstaclesToSoftDelete(registry, replications, cacheRules);
    if (obstacles.length > 0)
      return verdict.notApplicable(
        `no recovery net exists here: Azure refuses soft delete because ${posture.obstacleWords(obstacles)}; lock release manifests and keep a copy`,
      );
    if (said === 'disabled')
      return verdict.fail(
        { at: status, saw: said, wanted: 'enabled' },
        'A deleted image is gone for good; soft delete would keep it, and rules out retention, a second region and cache rules',
      );
    return verdict.untold(
      said === null
        ? `Azure's answer (api-version ${registry.apiVersion}) has no soft delete policy; only preview api-versions show it`
        : `the soft delete status is '${said}'`,
    );
  },
});
