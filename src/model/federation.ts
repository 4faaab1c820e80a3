import type { FederatedCredential } from './facets/federated-credentials.ts';

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
    flaws.push(`the subject '${subject}' holds a *, which Azure compares literally: it never matches`);
  if (issuerOf(credential) === 'GitHub' && /:pull_request$/.test(subject ?? ''))
    flaws.push('it accepts every pull request of the repository, before anybody has reviewed it');
  const strange = credential.audiences.filter((audience) => !audiences.includes(audience));
  if (strange.length > 0) flaws.push(`the audience ${strange.join(', ')} is not the one of token exchange`);
  if (issuer !== null && !/^https:\/\//i.test(issuer)) flaws.push(`the issuer ${issuer} is not reached by https`);
  return flaws;
}
