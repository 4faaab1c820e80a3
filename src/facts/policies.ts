import type { PolicyAssignment, PolicyRule } from '../model/facets/policies.ts';
import { idKey, lastPart, sameId } from '../model/ids.ts';
import { isBelowPremium } from '../model/sku.ts';
import type { KnownFacts } from '../model/step.ts';
import { covers } from './access/scopes.ts';

/** What a built-in definition looks at, and when it acts on what is written. */
interface BuiltIn {
  readonly type: string;
  /** What it does where nobody says: most only report. */
  readonly usual: 'audit' | 'modify' | 'deployifnotexists';
  readonly actsOn: (after: KnownFacts, name: string) => boolean;
}

const acr = 'microsoft.containerregistry/registries';
const registry = (
  usual: BuiltIn['usual'],
  actsOn: (registry: NonNullable<KnownFacts['registry']>) => boolean,
): BuiltIn => ({ type: acr, usual, actsOn: ({ registry }) => registry !== undefined && actsOn(registry) });
const always = (type: string, usual: BuiltIn['usual']): BuiltIn => ({ type, usual, actsOn: () => true });

const isPublic = ({ publicNetworkAccess }: NonNullable<KnownFacts['registry']>) =>
  !sameId(publicNetworkAccess ?? '', 'Disabled');
const asArm = ({ policies }: NonNullable<KnownFacts['registry']>) =>
  policies.azureAdAuthenticationAsArm?.status !== 'disabled';
const tokenOn = ({ tokens }: KnownFacts, name: string) =>
  tokens?.find((token) => sameId(token.name, name))?.status !== 'disabled';

/**
 * The built-in definitions that deny, change or deploy what concerns a registry, as of 29 April 2026 (Azure/azure-policy
 * f4a50bac, folder "Container Registry" and what else there names the type). Those that can only report are left out.
 */
const builtIns: Readonly<Record<string, BuiltIn>> = {
  '785596ed-054f-41bc-aaec-7f3d0ba05725': registry('modify', asArm),
  '42781ec6-6127-4c30-bdfa-fb423a0047d3': registry('audit', asArm),
  'dc921057-6b28-4fbe-9b83-f7bec05db6c2': registry('audit', ({ adminUserEnabled }) => adminUserEnabled !== false),
  '79fdfe03-ffcb-4e55-b4d0-b925b8241759': registry('modify', ({ adminUserEnabled }) => adminUserEnabled !== false),
  '9f2dea28-e834-476c-99c5-3507b4728395': registry(
    'audit',
    ({ anonymousPullEnabled }) => anonymousPullEnabled !== false,
  ),
  'cced2946-b08a-44fe-9fd9-e4ed8a779897': registry(
    'modify',
    ({ anonymousPullEnabled }) => anonymousPullEnabled !== false,
  ),
  '5b9159ae-1701-4a6f-9a7a-aa9c8ddd0580': registry('audit', ({ encryption }) => encryption?.status !== 'enabled'),
  '524b0254-c285-4903-bee6-bb8126cde579': registry(
    'audit',
    (one) => one.policies.export?.status !== 'disabled' || isPublic(one),
  ),
  'd0793b48-0edc-4296-a390-4c75d1bdfd71': registry(
    'audit',
    (one) => one.networkRuleSet?.defaultAction !== 'Deny' && isPublic(one),
  ),
  '84497762-32b6-4ab3-80b6-732ea48b85a2': always(`${acr}/cacherules`, 'audit'),
  // It makes a zone group of its own, and an endpoint has one at most.
  'e9585a95-5b8c-4d03-b193-dc7eb5ac4c32': always(
    'microsoft.network/privateendpoints/privatednszonegroups',
    'deployifnotexists',
  ),
  // It makes an endpoint of its own for a Premium registry that has none.
  'd85c6833-7d33-4cf5-a915-aaa2de84405f': always('microsoft.network/privateendpoints', 'deployifnotexists'),
  '0fdf0491-d080-4575-b627-ad0e843cba0f': registry('audit', isPublic),
  'a3701552-92ea-433e-9d17-33b7f1208fc9': registry('modify', isPublic),
  'bd560fc0-3c69-498a-ae9f-aa8eb7de0e13': registry('audit', isBelowPremium),
  'ff05e24e-195c-447e-b322-5e90c9f9f366': { type: `${acr}/tokens`, usual: 'audit', actsOn: tokenOn },
  'a9b426fe-8856-4945-8600-18c5dd1cca2a': { type: `${acr}/tokens`, usual: 'modify', actsOn: tokenOn },
  // Of the category "Mission".
  '696cb1d3-2dcf-4b44-aa7a-caccd18b1b96': always(`${acr}/privateendpointconnections`, 'audit'),
};

/** A step that is about to be taken: the id of what it writes, and what is known before and after it. */
export interface Write {
  readonly target: string;
  readonly before: KnownFacts;
  readonly after: KnownFacts;
}

/** The first assignment that may refuse a write or take it back. */
export function policyAgainst(
  assignments: readonly PolicyAssignment[],
  write: Write,
): { readonly assignment: PolicyAssignment; readonly rule: PolicyRule } | null {
  for (const assignment of assignments) {
    if (assignment.enforced === false || !covers(assignment.scope, write.target)) continue;
    // Whether a management group that is left out holds the subscription is not known: it may not.
    if (assignment.excluded.some((scope) => /^\/subscriptions\//i.test(scope) && covers(scope, write.target))) continue;
    const rule = assignment.rules.find((one) => acts(one, write));
    if (rule) return { assignment, rule };
  }
  return null;
}

function acts({ definition, effect, names }: PolicyRule, { target, before, after }: Write): boolean {
  const type = typeOf(target);
  if (names !== null) return writtenNames(type, before, after).some((one) => names.some((name) => isIn(name, one)));
  const known = builtIns[idKey(lastPart(definition))];
  return (
    known !== undefined &&
    known.type === type &&
    (effect ?? known.usual) !== 'audit' &&
    known.actsOn(after, lastPart(target))
  );
}

/** Of a registry the properties that change, by the names that policies have for them; of anything else its type. */
function writtenNames(type: string, before: KnownFacts, after: KnownFacts): readonly string[] {
  if (type !== acr) return [type];
  const [was, is] = [before.registry, after.registry];
  if (!was || !is) return [type];
  const changed = <T extends object>(one: T, other: T) =>
    (Object.keys(other) as (keyof T & string)[]).filter(
      (key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]),
    );
  return [
    ...changed(was, is).filter((key) => key !== 'policies'),
    ...changed(was.policies, is.policies).map((key) => `policies.${key}Policy`),
  ].map((key) => `${acr}/${key}`.toLowerCase());
}

const isIn = (name: string, written: string): boolean =>
  name === written || ['.', '[', '/'].some((next) => name.startsWith(written + next));

/** `microsoft.containerregistry/registries/tokens`, of an id. */
function typeOf(id: string): string {
  const [namespace = '', ...rest] = idKey(
    id.slice(id.toLowerCase().lastIndexOf('/providers/') + '/providers/'.length),
  ).split('/');
  return [namespace, ...rest.filter((_, index) => index % 2 === 0)].join('/');
}
