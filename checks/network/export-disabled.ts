import { commands, defineCheck, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'export-disabled',
  title: 'Artifacts cannot be exported or imported out of the registry',
  problem: 'Artifacts can be exported or imported out of the registry',
  severity: 'medium',
  profile: 'regulated',
  profileReason: 'It stops copies to other registries and storage accounts, which most organisations need.',
  since: '1.0',
  article: ['Private endpoints + firewall'],
  frameworks: ['ISO 27001 A.8.12'],
  alsoKnownAs: [
    'psrule Azure.ACR.ExportPolicy',
    'cnspec mondoo-azure-security-acr-export-policy-disabled',
    'policy 524b0254',
    'review-checklists ab91932c',
  ],
  differs: 'Regulated profile only, and it names the export pipelines that stand in the way.',
  area: 'network',
  needs: ['registry', 'exportPipelines'],
  words: ['privateEndpoints', ...path.tripFacets],

  why: 'Whoever may read the registry through ARM can have Azure copy every image into a registry or storage account of their own, past the network rules.',
  symptom: 'Images of the registry turn up in a registry that no network path leads to.',
  cause: 'Exports are allowed by default, and can only be forbidden while public access is off.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[policies.exportPolicy.status, publicNetworkAccess]"',
    'az rest --method get --url "<registry-id>/exportPipelines?api-version=2025-06-01-preview" --query "value[].id"',
  ],
  fix: {
    steps: [
      ...commands.privatePath,
      commands.acrUpdate({ publicNetworkEnabled: false }),
      commands.acrUpdate({ allowExports: false }),
    ],
    breaks:
      'az acr import from this registry into others, and every transfer by an export pipeline. Public access cannot be switched on again while exports are forbidden.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/data-loss-prevention'],

  evaluate(given, { cloud }) {
    const { registry, exportPipelines } = given;
    const notPremium = verdict.unlessPremium(registry, 'forbidding exports');
    if (notPremium) return notPremium;
    const at = 'registry/policies/export/status';
    const saw = registry.policies.export?.status ?? null;
    if (saw === 'disabled') return verdict.passByOne({ at, saw });
    if (saw !== 'enabled') return verdict.notSaid(at, saw);

    const { publicNetworkAccess: access, privateEndpointConnections: connections } = registry;
    const open = access !== 'Disabled';
    const ready = connections?.some(({ status }) => status === 'Approved') ?? false;
    const inTheWay = [
      ...(open ? ['public access, which must be off first'] : []),
      ...(exportPipelines.length > 0 ? [`export pipelines ${exportPipelines.map(({ name }) => name).join(', ')}`] : []),
    ];
    return verdict.fail(
      [
        { at, saw, wanted: 'disabled' },
        ...(open ? [{ at: 'registry/publicNetworkAccess', saw: access } as const] : []),
        ...exportPipelines.map(
          ({ id, name }, index) => ({ at: `exportPipelines/${index}/id`, saw: id, about: name }) as const,
        ),
      ],
      inTheWay.length > 0 ? `Exports are allowed; in the way of forbidding them: ${inTheWay.join('; ')}` : undefined,
      [
        ...exportPipelines.map(commands.deleteExportPipeline),
        ...(open && !ready ? commands.firstEndpointSteps(path.tripsOf(given, cloud.registrySuffix)) : []),
        ...(open ? [commands.acrUpdate({ publicNetworkEnabled: false })] : []),
        commands.acrUpdate({ allowExports: false }),
      ],
    );
  },
});
