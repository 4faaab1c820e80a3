import { commands, defineCheck, path, verdict } from '../../src/check.ts';

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
  evidence: ['resolution'],

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
  confirm: [commands.listFallbacks(commands.someZone()), commands.listRecords(commands.someZone())],
  fix: {
    // Closed before the record is there, the pulls that went over the internet fail.
    steps: [
      commands.addRecord(commands.someZone(), '<record>', '<address>'),
      commands.keepPrivate(commands.someZone(), '<link>'),
    ],
    breaks:
      'With the fallback gone, registries with a private endpoint elsewhere and no record in the zone stop resolving in that network. Where the fallback is there for their sake, add the record and leave it on.',
  },
  refs: ['https://learn.microsoft.com/azure/dns/private-dns-fallback'],

  evaluate(given, { cloud }) {
    const approved =
      verdict.unlessPremium(given.registry, 'a private endpoint') ?? path.approvedConnections(given.privateEndpoints);
    if ('verdict' in approved) return approved;
    const facts = path.pathFacts(given, cloud.registrySuffix);
    const { falling, others } = path.fallbacksOf(facts);
    const broken = falling.map((one) => {
      const names = one.gaps.map(({ name }) => name.fqdn).join(', ');
      const words = `public DNS answers for ${names}: private DNS has no record, and link ${one.link} falls back to the internet`;
      return verdict.bad(`link/${one.link}`, one.seen, words, {
        steps: commands.mendFallback(one, facts),
        confirm: [commands.listFallbacks(one.zone), commands.listRecords(one.zone)],
      });
    });
    const fallen = path.probedFlaws(given.resolution, facts).filter(({ kind }) => kind === 'falls-back');
    const probed = commands.probedParts(
      given.resolution,
      fallen,
      falling.flatMap(({ gaps }) => gaps.map(({ name }) => name.fqdn)),
    );
    return verdict.on(
      [...broken, ...probed, ...others, ...path.openConnections(facts.connections)],
      'no private DNS zone answers for the registry',
    );
  },
});
