import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { parseConnectedRegistry } from '../../src/collect/connected-registries.ts';
import { parseFederatedCredential } from '../../src/collect/federated-credentials.ts';
import { parseRoleAssignment, parseRoleDefinition } from '../../src/collect/role-assignments.ts';
import { parseScopeMap } from '../../src/collect/scope-maps.ts';
import { parseToken } from '../../src/collect/tokens.ts';
import { judge } from '../../src/engine/judge.ts';
import { roleIds } from '../../src/facts/access/roles.ts';
import { observed } from '../../src/model/evidence.ts';
import type { KnownFacts } from '../../src/model/step.ts';
import { assigned, roles } from '../roles.ts';
import { acr, registryId } from '../support.ts';
import { bodiesOf } from './corpus.ts';

const read = <T>(type: string, parse: (body: unknown) => T): readonly T[] => (bodiesOf(type) ?? []).map(parse);
const tokens = read('tokens', parseToken);
const scopeMaps = read('scopeMaps', parseScopeMap);
const connectedRegistries = read('connectedRegistries', parseConnectedRegistry);
const credentials = read('federatedIdentityCredentials', parseFederatedCredential);
const assignments = read('roleAssignments', parseRoleAssignment);
const definitions = read('roleDefinitions', parseRoleDefinition);

const modes = ['LegacyRegistryPermissions', 'AbacRepositoryPermissions', null] as const;
const context = {
  now: '2026-11-23T02:00:00Z',
  cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
  subject: '/subscriptions/00000000-0000-0000-0000-000000000001',
  partnerRegistries: [],
  purposes: [],
} as const;

/** Every identity check on these facts, none of which is missing. */
function verdictsOn(known: KnownFacts): readonly string[] {
  const facts: KnownFacts = {
    registry: acr({ adminUserEnabled: false }),
    tokens: [],
    scopeMaps: [],
    connectedRegistries: [],
    roleAssignments: roles([]),
    consumers: { clusters: [], searched: [], declared: [] },
    federatedCredentials: { identities: [], searched: [] },
    appConsumers: { apps: [], searched: [], environments: [] },
    activityLog: { since: '2026-08-25T02:00:00Z', whole: true, secrets: [] },
    denyAssignments: [],
    tasks: [],
    ...known,
  };
  return checks
    .filter(({ area }) => area === 'identity')
    .map((check) => {
      const judged = judge(check, (facet) => observed(facts[facet]), context);
      return judged.verdict === 'error' ? `${check.id}: ${judged.reason}` : judged.verdict;
    });
}
const sound = /^(pass|fail|unknown|not-applicable)$/;

describe.skipIf(bodiesOf('tokens') === null)(
  'what was recorded (../shared/corpus) gets a verdict of every check',
  () => {
    test('each token, beside all maps and connected registries', () => {
      expect(tokens.length).toBeGreaterThan(20);
      for (const token of tokens)
        for (const verdict of verdictsOn({ tokens: [token], scopeMaps, connectedRegistries }))
          expect(verdict).toMatch(sound);
    });

    test('each scope map, with a token on it', () => {
      expect(scopeMaps.length).toBeGreaterThan(40);
      for (const map of scopeMaps) {
        const token = { id: 'tokens/one', name: 'one', status: 'enabled', scopeMap: map.id } as const;
        const facts = { tokens: [{ ...token, passwords: [], certificates: [] }], scopeMaps: [map] };
        for (const verdict of verdictsOn(facts)) expect(verdict).toMatch(sound);
      }
    });

    test.each(modes)('each role assignment, as if it reached the registry, in mode %s', (roleAssignmentMode) => {
      expect(assignments.length).toBeGreaterThan(200);
      const registry = acr({ roleAssignmentMode });
      for (const assignment of assignments) {
        const given = roles([{ ...assignment, scope: registryId }], definitions);
        for (const verdict of verdictsOn({ registry, roleAssignments: given })) expect(verdict).toMatch(sound);
      }
    });

    test('each federated credential, on an identity that pushes', () => {
      expect(credentials.length).toBeGreaterThan(5);
      const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
      const roleAssignments = roles([assigned(roleIds.acrPush)]);
      for (const credential of credentials) {
        const identity = { id: 'id', name: 'ci', principalId: 'ci', credentials: observed([credential]) };
        const federatedCredentials = { identities: [identity], searched: [] };
        const verdicts = verdictsOn({ registry, roleAssignments, federatedCredentials });
        for (const verdict of verdicts) expect(verdict).toMatch(sound);
      }
    });
  },
);
