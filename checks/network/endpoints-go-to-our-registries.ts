import { commands, defineCheck, type Facets, lastPart, shellWord, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'endpoints-go-to-our-registries',
  title: 'Private endpoints of this subscription lead to registries of ours only',
  problem: "A private endpoint of this subscription leads to somebody else's registry",
  severity: 'medium',
  profile: 'hardened',
  profileReason: 'It asks for a word on every registry of a partner, which is worth it where data must not leave.',
  since: '1.0',
  area: 'network',
  scope: 'subscription',
  needs: ['subscriptionEndpoints'],

  why: 'Whoever pushes to that registry carries data out by a private way, which no firewall of the network sees.',
  symptom: 'None: the traffic stays inside of the network and looks like any other private endpoint.',
  cause:
    'An endpoint was made for a partner, or by somebody who wanted a way out; a manual request needs no right at the target.',
  confirm: [
    'az network private-endpoint list --subscription <subscription> --query "[].{name:name, automatic:privateLinkServiceConnections[].privateLinkServiceId, manual:manualPrivateLinkServiceConnections[].privateLinkServiceId}"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Ask what the endpoint is for. If it is to stay, list the login server of the registry under partnerRegistries; else delete the endpoint.',
      ),
    ],
    breaks: 'Pulls and pushes through the endpoint, once it is deleted.',
  },
  refs: ['https://learn.microsoft.com/azure/private-link/private-endpoint-overview'],

  evaluate({ subscriptionEndpoints }, { partnerRegistries }) {
    const partners = new Set(partnerRegistries.map((server) => server.toLowerCase()));
    const parts = subscriptionEndpoints.flatMap((endpoint, index) =>
      endpoint.links.map((link, nth) => partOf(endpoint, link, `subscriptionEndpoints/${index}`, nth, partners)),
    );
    return verdict.on(parts, 'no private endpoint of the subscription leads to a registry');
  },
});

type Endpoint = Facets['subscriptionEndpoints'][number];

function partOf(
  { id, name, serves }: Endpoint,
  { target, placement }: Endpoint['links'][number],
  at: `subscriptionEndpoints/${number}`,
  nth: number,
  partners: ReadonlySet<string>,
): verdict.Part {
  const thing = `endpoint/${name}`;
  if (target === null) return verdict.unclear(thing, verdict.untold(`Azure's answer names no registry for ${name}`));
  const seen = { at: `${at}/links/${nth}/target`, saw: target, about: name } as const;
  const whose = placement.state === 'observed' ? placement.value.whose : null;
  const placed = { at: `${at}/links/${nth}/placement/value/whose`, saw: whose, wanted: 'ours', about: name } as const;
  if (whose === 'ours') return verdict.good(thing, [seen, placed]);
  const names = serves.state === 'observed' ? serves.value : [];
  if (names.some((served) => partners.has(served)))
    return verdict.good(thing, { at: `${at}/serves/value`, saw: names, about: name });
  // Registries of one name may have several login servers, by their domain name label.
  const registry = lastPart(target).toLowerCase();
  const partner = [...partners].find((server) => server.split(/[.-]/)[0] === registry);
  if (names.length === 0 && partner !== undefined)
    return verdict.unclear(
      thing,
      serves.state === 'observed'
        ? verdict.untold(`Azure's answer does not tell whether ${name} serves ${partner}`)
        : verdict.unseen(serves),
    );
  if (placement.state !== 'observed') return verdict.unclear(thing, verdict.unseen(placement));
  if (whose === 'unplaced')
    return verdict.unclear(thing, verdict.untold(`nobody says whose the registry ${target} is`));
  const tenant = placement.value.whose === 'another-tenant' ? placement.value.tenant : null;
  const login = names.find((served) => served.split('.').length === 3);
  return verdict.bad(
    thing,
    [seen, placed],
    `${name} leads to registry ${lastPart(target)}${login ? ` (${login})` : ''} of another tenant${tenant ? ` (${tenant})` : ''}`,
    {
      steps: [
        commands.manual(
          `Ask what ${name} is for, and list ${login ?? `the login server of ${lastPart(target)}`} under partnerRegistries if it is to stay; else delete it: az network private-endpoint delete --ids ${shellWord(id)}`,
        ),
      ],
    },
  );
}
