import type { Unseen } from '../../model/evidence.ts';
import type { FederatedCredential, FederatedCredentials } from '../../model/facets/federated-credentials.ts';
import { sameId } from '../../model/ids.ts';
import { mayChange, type RegistryAccess } from './access.ts';

/** Who signs the tokens that a credential trusts. */
export type Issuer = 'GitHub' | 'Azure DevOps' | 'AKS' | 'other';

/** Azure DevOps has two: its own, and Entra's with a subject in the `/eid1/` form. */
export function issuerOf({ issuer, subject }: FederatedCredential): Issuer {
  const host = /^https:\/\/([^/:]+)/i.exec(issuer ?? '')?.[1]?.toLowerCase() ?? '';
  if (host === 'token.actions.githubusercontent.com') return 'GitHub';
  if (host === 'vstoken.dev.azure.com') return 'Azure DevOps';
  if (host.startsWith('login.microsoftonline.') && subject?.startsWith('/eid1/')) return 'Azure DevOps';
  return /(^|\.)oi(d)?c\.prod-aks\.azure\.(com|us|cn)$/.test(host) ? 'AKS' : 'other';
}

/** The audience of token exchange, by cloud: Microsoft Entra, "workload identity federation". */
const audiences = ['api://AzureADTokenExchange', 'api://AzureADTokenExchangeUSGov', 'api://AzureADTokenExchangeChina'];

/** What is wrong with a federated credential, in words; empty for a good one. All comparisons of Azure are exact. */
export function flawsOf(credential: FederatedCredential): readonly string[] {
  const { issuer, subject } = credential;
  const flaws: string[] = [];
  if (subject?.includes('*'))
    flaws.push(`its subject '${subject}' holds a *, which Azure takes literally, so that it never matches`);
  if (issuerOf(credential) === 'GitHub' && /:pull_request$/.test(subject ?? ''))
    flaws.push('it accepts every pull request of the repository, reviewed or not');
  const strange = credential.audiences.filter((audience) => !audiences.includes(audience));
  if (strange.length > 0) flaws.push(`its audience ${strange.join(', ')} is not the one of token exchange`);
  if (issuer !== null && !/^https:\/\//i.test(issuer)) flaws.push(`its issuer ${issuer} is not reached by https`);
  return flaws;
}

/** A way to log in as an identity that can change the registry, and where it is in the evidence. */
export interface WayIn {
  readonly at: `federatedCredentials/identities/${number}/credentials/value/${number}/subject`;
  readonly credential: FederatedCredential;
  /** `credential main of identity ci`. */
  readonly about: string;
}

/** Every such way, and what kept us from seeing all of them. A person logs in by other means. */
export function waysIn(
  { principals, unreadable }: RegistryAccess,
  { identities, searched }: FederatedCredentials,
): { readonly ways: readonly WayIn[]; readonly unseen: readonly Unseen[] } {
  const changing = identities
    .map((identity, index) => ({ ...identity, index }))
    .filter(({ principalId }) =>
      principals.some((one) => sameId(one.principalId, principalId) && mayChange(one.rights)),
    );
  return {
    ways: changing.flatMap(({ name, index, credentials }) =>
      (credentials.state === 'observed' ? credentials.value : []).map((credential, number) => ({
        at: `federatedCredentials/identities/${index}/credentials/value/${number}/subject` as const,
        credential,
        about: `credential ${credential.name} of identity ${name}`,
      })),
    ),
    unseen: [
      ...changing.flatMap(({ credentials }) => (credentials.state === 'observed' ? [] : [credentials])),
      ...searched.flatMap((one) => (one.identities.state === 'observed' ? [] : [one.identities])),
      ...unreadable.filter(({ principalType }) => principalType !== 'User').map(({ unseen }) => unseen),
    ],
  };
}
