/** The tools whose rules `alsoKnownAs` of a check names, by the word that each name begins with. */
export const tools = {
  psrule: 'PSRule for Azure',
  prowler: 'Prowler',
  checkov: 'Checkov',
  azqr: 'Azure Quick Review',
  aprl: 'APRL v2',
  cloudsploit: 'CloudSploit',
  steampipe: 'Steampipe',
  cnspec: 'cnspec',
  policy: 'Azure Policy',
  kics: 'KICS',
  terrascan: 'Terrascan',
  monkey365: 'monkey365',
  'review-checklists': 'Azure review checklists',
  'Community-Policy': 'Azure Community Policy',
  'check-health': 'az acr check-health',
} as const;

/** The versions read, so that a claim can be checked. */
export const versions = `prowler 3e000faa (August 2026), checkov 03d5fdad (August 2026), azqr 34dd3163 (August 2026),
Azure Proactive Resiliency Library 9b93db71 (July 2026), cloudsploit 4b5bbd80 (December 2025),
steampipe-mod-azure-compliance 464a8efe (May 2026), cnspec 62835b13 (August 2026), azure-policy f4a50bac (April 2026),
review-checklists 56cc3adc (December 2025), terrascan d0405c2d (May 2025), monkey365 b7b0497b (March 2026). PSRule for
Azure and KICS were read file by file, not at one commit.`;

/** Where we contradict others on purpose. */
export interface Difference {
  readonly title: string;
  readonly others: string;
  readonly why: string;
  readonly source: string;
  readonly check: string;
}

const acrDocs = 'https://learn.microsoft.com/azure/container-registry';

export const differences: readonly Difference[] = [
  {
    title: 'Zone redundancy',
    others: 'Five rule sets fail a registry whose zoneRedundancy property reads Disabled.',
    why: 'In a region with availability zones every registry of every SKU is zone redundant and it cannot be switched off. The property is a legacy artifact and may read Disabled all the same. What can be wrong is the region.',
    source: `${acrDocs}/zone-redundancy`,
    check: 'home-region-has-zones',
  },
  {
    title: 'Content trust',
    others: 'Checkov, CloudSploit, cnspec, Steampipe and Community-Policy fail a registry where it is off.',
    why: 'Docker Content Trust is deprecated since 31 March 2025, cannot be enabled on a registry that did not have it since 31 May 2026, and is removed on 31 March 2028. On is the finding.',
    source: `${acrDocs}/container-registry-content-trust-deprecation`,
    check: 'content-trust-retired',
  },
  {
    title: 'Quarantine',
    others: 'Four tools fail a registry where it is off, and none asks who promotes.',
    why: 'It is a preview since 2018, its maintainers call it very limited, and Defender reportedly does not scan what is quarantined. Switched on without a promoter it stops every deployment. So it is asked for in the hardened profile only, and on without a promoter is the worse finding.',
    source: 'https://github.com/Azure/acr/issues/804 and https://github.com/Azure/acr/issues/499',
    check: 'quarantine-has-promoter',
  },
  {
    title: 'Retention on Basic',
    others: 'azqr, Checkov, Steampipe and cnspec fail Basic and Standard registries for having no retention policy.',
    why: 'The policy needs Premium: such a registry cannot pass. It is not applicable there, and premium-sku says once what the SKU costs.',
    source: `${acrDocs}/container-registry-retention-policy`,
    check: 'untagged-manifests-cleaned',
  },
  {
    title: 'AcrImageSigner',
    others: 'Guides, the article among them, hand out AcrImageSigner to whoever signs with Notation.',
    why: 'The role is for Docker Content Trust only. Notation needs the right to push and rights on the key; the role then grants nothing that is used, and is reported as dead.',
    source: `${acrDocs}/container-registry-rbac-built-in-roles-overview`,
    check: 'role-assignments-effective',
  },
];

/** What others check on a registry and we do not. */
export interface Omission {
  readonly rules: string;
  readonly why: string;
}

export const omissions: readonly Omission[] = [
  {
    rules: 'Azure Policy 84497762: any cache rule is a finding',
    why: 'A cache rule with a credential is better than an anonymous pull from Docker Hub in production. What can be wrong is the rule itself: its credential, and how much it opens.',
  },
  {
    rules: 'PSRule Azure.ACR.Name (AZR-000007), Azure.ACR.Naming; CloudSploit acrHasTags',
    why: 'ARM refuses a name that is not valid. How a team names and tags its resources is a convention, not a hardening.',
  },
  {
    rules: 'CloudSploit acrManagedIdentityEnabled; Community-Policy prevent-managed-identity',
    why: 'One wants an identity on every registry, the other on none. An identity is needed for some features and harmless as long as it holds no right it does not need.',
  },
  {
    rules:
      'Azure Quick Review cr-003 (service level), APRL 8e389532 and a5a0101a (a resource group and repository namespaces of its own)',
    why: 'The first can only repeat the SKU, which premium-sku judges; the others ask how a team organizes its work and cannot be read from a registry.',
  },
  {
    rules: 'Azure Policy, diagnostic settings for every category group; azqr: any setting',
    why: 'What has to be logged is who pulled, pushed and logged in. data-plane-logged asks for exactly these two categories, wherever they go.',
  },
];
