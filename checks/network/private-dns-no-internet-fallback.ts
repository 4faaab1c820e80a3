import {
  addRecord,
  approvedConnections,
  asObservation,
  cannotSee,
  defineCheck,
  fail,
  fallbacksOf,
  keepPrivate,
  listFallbacks,
  listRecords,
  mendRecord,
  notApplicable,
  pass,
  someZone,
  unlessPremium,
} from '../../src/check.ts';

export default defineCheck({
  id: 'private-dns-no-internet-fallback',
  title: 'No missing private record is answered by public DNS',
  problem: 'A missing private record is answered by public DNS',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'A name that fails is found at once; one that quietly leads to the internet is not.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Playbook 1'],
  area: 'network',
  needs: ['registry', 'replications', 'privateEndpoints', 'privateDns'],

  why: 'Login goes over the private endpoint and layers over the internet, past the firewall rules written for the private path; with public access off they are refused.',
  symptom: 'From one network the login server resolves to a private address and the data endpoint to a public one.',
  signs: [
    'i/o timeout',
    'context deadline exceeded',
    'Client.Timeout exceeded',
    'hangs on layers',
    'hanging layer',
    'blob.core.windows.net',
  ],
  cause:
    'The link of the zone was set to fall back to the internet, to reach registries that have no endpoint, while a record of this one is missing.',
  confirm: [listFallbacks(someZone('azurecr.io')), listRecords(someZone('azurecr.io'))],
  fix: {
    // Closed before the record is there, the pulls that went over the internet fail.
    steps: [addRecord(someZone('azurecr.io'), '<record>', '<address>'), keepPrivate(someZone('azurecr.io'), '<link>')],
    breaks:
      'With the fallback gone, other registries without a record in the zone stop resolving in that network. Where the fallback is there for their sake, add the record and leave it on.',
  },
  refs: ['https://learn.microsoft.com/azure/dns/private-dns-fallback'],

  evaluate(facts, { cloud }) {
    const { registry, privateEndpoints } = facts;
    const approved = unlessPremium(registry, 'a private endpoint') ?? approvedConnections(privateEndpoints);
    if ('verdict' in approved) return approved;
    const { falling, missing, settled, unseen } = fallbacksOf(facts, approved, cloud.registrySuffix);
    if (falling.length > 0)
      return fail(
        [...falling.map(({ seen }) => seen), ...missing.map(asObservation)],
        `Public DNS answers for ${missing.map(({ name }) => name.fqdn).join(', ')}: private DNS has no record, and the zone's link falls back to the internet`,
        [...missing.flatMap(mendRecord), ...falling.map(({ zone, link }) => keepPrivate(zone, link))],
        [...new Set(falling.flatMap(({ zone }) => [listFallbacks(zone), listRecords(zone)]))],
      );
    if (unseen.length > 0) return cannotSee('what happens to missing records', unseen);
    return settled.length > 0 ? pass(settled) : notApplicable('no private DNS zone answers for the registry');
  },
});
