import type { Evidence } from '../../model/evidence.ts';
import type { Cluster, Consumers } from '../../model/facets/consumers.ts';
import type { FederatedCredential, FederatedIdentity } from '../../model/facets/federated-credentials.ts';
import { sameId } from '../../model/ids.ts';
import { type Unknown, unseen, untold } from '../../model/outcome.ts';
import type { CloudFacts } from '../../model/snapshot.ts';
import type { RegistryAccess } from './access.ts';
import { mayChange } from './held.ts';
import { kindOf } from './principals.ts';
import {
  devOpsSubject,
  expressionState,
  githubSubject,
  isByIds,
  kubernetesSubject,
  otherSubject,
  type SubjectState,
} from './subjects.ts';

/** Who signs the tokens that a credential trusts. */
export type Issuer = 'GitHub' | 'Azure DevOps' | 'AKS' | 'other';

/** Where Microsoft Entra signs, in each cloud: `src/azure/clouds.ts` logs in there. */
const entraHosts = ['login.microsoftonline.com', 'login.microsoftonline.us', 'login.partner.microsoftonline.cn'];

/**
 * GitHub's cloud, its clouds with data residency and its servers; Azure DevOps has two: its own, and Entra's with a
 * subject in the `/eid1/` form.
 */
export function issuerOf({ issuer, subject }: FederatedCredential): Issuer {
  const [, host = '', path = ''] = /^https:\/\/([^/:]+)(?::\d+)?(\/.*)?$/i.exec(issuer ?? '') ?? [];
  const at = host.toLowerCase();
  if (at === 'token.actions.githubusercontent.com' || /^token\.actions\.[^.]+\.ghe\.com$/.test(at)) return 'GitHub';
  if (/^\/_services\/token\/?$/i.test(path)) return 'GitHub';
  if (at === 'vstoken.dev.azure.com') return 'Azure DevOps';
  if (entraHosts.includes(at) && subject?.startsWith('/eid1/')) return 'Azure DevOps';
  return /(^|\.)oi(d)?c\.prod-aks\.azure\.(com|us|cn)$/.test(at) ? 'AKS' : 'other';
}

/** What is wrong with a federated credential. `audience`: it may be the one in use, by another sort of client. */
export interface Flaw {
  readonly kind: 'dead' | 'wide' | 'audience';
  readonly words: string;
}

export type CredentialState =
  | { readonly state: 'exact'; readonly note?: string }
  | { readonly state: 'flawed'; readonly flaws: readonly Flaw[] }
  | { readonly state: 'unclear'; readonly why: Unknown };

/** The audience of token exchange, by cloud: Microsoft Entra, "workload identity federation". */
const audiences: Readonly<Record<CloudFacts['name'], readonly string[]>> = {
  public: ['api://AzureADTokenExchange'],
  usgov: ['api://AzureADTokenExchangeUSGov'],
  china: ['api://AzureADTokenExchangeChina'],
  custom: ['api://AzureADTokenExchange', 'api://AzureADTokenExchangeUSGov', 'api://AzureADTokenExchangeChina'],
};

/** Whether a credential accepts exactly one workload. Azure compares issuer, subject and audience letter by letter. */
export function credentialState(
  credential: FederatedCredential,
  cloud: CloudFacts['name'],
  consumers: Evidence<Consumers>,
): CredentialState {
  const { issuer, subject, expression } = credential;
  const its = issuerOf(credential);
  const subjectState = stateOfSubject(its, subject, expression);
  const flaws: Flaw[] = [];
  if (subjectState?.state === 'dead' || subjectState?.state === 'wide')
    flaws.push({ kind: subjectState.state, words: subjectState.words });
  const clusters = consumers.state === 'observed' ? consumers.value.clusters : [];
  const badIssuer = issuer === null ? null : flawOfIssuer(its, issuer, clusters);
  if (badIssuer !== null) flaws.push({ kind: 'dead', words: badIssuer });
  const strange = credential.audiences.filter((audience) => !audiences[cloud].includes(audience));
  if (strange.length > 0)
    flaws.push({
      kind: 'audience',
      words: `its audience ${strange.join(', ')} is not ${audiences[cloud].join(' or ')}, the one of this cloud`,
    });
  if (flaws.length > 0) return { state: 'flawed', flaws };
  if (issuer === null || subjectState === null || credential.audiences.length === 0)
    return { state: 'unclear', why: untold('Azure names no issuer, subject or audience for it') };
  if (subjectState.state === 'unclear') return { state: 'unclear', why: untold(subjectState.words) };
  if (its === 'AKS' && consumers.state !== 'observed') return { state: 'unclear', why: unseen(consumers) };
  const note = noteOn(its, issuer, subject);
  return note === null ? { state: 'exact' } : { state: 'exact', note };
}

/** `null` where Azure names neither a subject nor an expression. */
function stateOfSubject(its: Issuer, subject: string | null, expression: string | null): SubjectState | null {
  if (expression !== null && expression !== '') return expressionState(expression, its === 'GitHub');
  if (subject === null || subject === '') return null;
  switch (its) {
    case 'GitHub':
      return githubSubject(subject);
    case 'Azure DevOps':
      return devOpsSubject(subject);
    case 'AKS':
      return kubernetesSubject(subject);
    case 'other':
      return otherSubject(subject);
  }
}

function flawOfIssuer(its: Issuer, issuer: string, clusters: readonly Cluster[]): string | null {
  const [origin] = /^https:\/\/[^/]*/.exec(issuer) ?? [];
  if (origin === undefined) return `its issuer ${issuer} does not begin with https://`;
  if (origin !== origin.toLowerCase())
    return `its issuer ${issuer} has upper-case letters, which no issuer sends, so that it never matches`;
  if (its === 'GitHub' && issuer.endsWith('/'))
    return `its issuer ${issuer} ends in a slash, which GitHub does not send, so that it never matches`;
  if (its === 'AKS' && !issuer.endsWith('/'))
    return `its issuer ${issuer} lacks the slash at its end, which AKS sends, so that it never matches`;
  const other = its === 'AKS' ? clusters.find(({ oidcIssuer }) => isAlmost(oidcIssuer, issuer)) : undefined;
  return other ? `its issuer ${issuer} is not ${other.oidcIssuer}, the one of cluster ${other.name}` : null;
}

/** The same but for a slash or the case of letters, which Azure compares too. */
const isAlmost = (one: string | null, other: string): boolean =>
  one !== null && one !== other && plain(one) === plain(other);

const plain = (issuer: string): string => issuer.toLowerCase().replace(/\/+$/, '');

function noteOn(its: Issuer, issuer: string, subject: string | null): string | null {
  if (its === 'other') return `Exact, but issued by others than GitHub, Azure DevOps and AKS: ${issuer}`;
  if (its === 'GitHub' && subject !== null && isByIds(subject))
    return `The subject ${subject} carries its ids: the repository must send the same immutable form`;
  return null;
}

/** A way to log in as an identity that can change the registry, and where it is in the evidence. */
export interface WayIn {
  readonly at: `federatedCredentials/identities/${number}/credentials/value/${number}/${'subject' | 'expression'}`;
  readonly credential: FederatedCredential;
  readonly identity: FederatedIdentity;
  /** `credential/ci/main`. */
  readonly thing: string;
  /** `credential main of identity ci`. */
  readonly about: string;
}

/** Every such way, and the identities of which it cannot be seen. A person logs in by other means. */
export function waysIn(
  { principals, unreadable }: RegistryAccess,
  identities: readonly FederatedIdentity[],
): { readonly ways: readonly WayIn[]; readonly unclear: readonly { readonly thing: string; readonly why: Unknown }[] } {
  const indexed = identities.map((identity, index) => ({ identity, index }));
  const changing = indexed.filter(({ identity: { principalId } }) =>
    principals.some((one) => sameId(one.principalId, principalId) && mayChange(one.rights)),
  );
  return {
    ways: changing.flatMap(({ identity, index }) =>
      (identity.credentials.state === 'observed' ? identity.credentials.value : []).map((credential, number) => ({
        at: `federatedCredentials/identities/${index}/credentials/value/${number}/${credential.expression === null ? 'subject' : 'expression'}` as const,
        credential,
        identity,
        thing: `credential/${identity.name}/${credential.name}`,
        about: `credential ${credential.name} of identity ${identity.name}`,
      })),
    ),
    unclear: [
      ...changing.flatMap(({ identity: { name, credentials } }) =>
        credentials.state === 'observed' ? [] : [{ thing: `identity/${name}`, why: unseen(credentials) }],
      ),
      ...unreadable
        .filter(({ principalType }) => kindOf(principalType) !== 'person')
        .flatMap((role) =>
          indexed
            .filter(({ identity }) => sameId(identity.principalId, role.principalId))
            .map(({ identity: { name } }) => ({ thing: `identity/${name}`, why: unseen(role.unseen) })),
        ),
    ],
  };
}
