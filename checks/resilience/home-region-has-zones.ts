import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

const at = 'registry/location';

export default defineCheck({
  id: 'home-region-has-zones',
  title: 'The home region of the registry has availability zones',
  problem: 'The home region of the registry has no availability zones',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'Zones cost nothing and need no setting; the region is the only thing that one can choose wrongly.',
  since: '1.0',
  article: ['Geo-replication + AZ', 'What each feature survives'],
  alsoKnownAs: [
    'checkov CKV_AZURE_233',
    'azqr (APRL 63491f70)',
    'aprl 63491f70',
    'policy 9d2b0a20',
    'Community-Policy (zone redundancy)',
  ],
  differs: 'The region is judged, never the zoneRedundancy property: see below.',
  area: 'resilience',
  needs: ['registry'],

  why: 'In a region without zones one datacenter failure stops pulls from the home region, and its control plane and tasks with them.',
  symptom:
    'A single-datacenter incident in the region takes the registry down, while neighbours in other regions keep working.',
  cause:
    'The registry was created beside older workloads. The zoneRedundancy property tells nothing: in a region with zones every registry of every SKU is zone redundant, even where the property reads Disabled.',
  confirm: ['az acr show --name <registry> --subscription <subscription> --query location'],
  fix: {
    steps: [
      commands.manual(
        'The home region cannot be changed. Create a registry in a region with zones and import the images, or add a replica in one (Premium) so that pulls survive.',
      ),
    ],
    breaks: 'A new registry has a new login server: every reference to the old one changes. A replica breaks nothing.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/zone-redundancy',
    'https://learn.microsoft.com/azure/reliability/regions-list',
  ],

  evaluate({ registry: { location } }) {
    switch (posture.hasZones(location)) {
      case true:
        return verdict.pass({ at, saw: location });
      case false:
        return verdict.fail({ at, saw: location, wanted: 'a region with availability zones' });
      case null:
        return verdict.untold(`the region table of ${posture.zonesAsOf} does not know ${location}`);
    }
  },
});
