/** What other tools check on a container registry, by check id: the rules a team knows, to find ours by. */
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
  other: 'others',
} as const;

export type Tool = keyof typeof tools;

/** The versions read, so that a claim can be checked. */
export const versions = `prowler 3e000faa (August 2026), checkov 03d5fdad (August 2026), azqr 34dd3163 (August 2026),
Azure Proactive Resiliency Library 9b93db71 (July 2026), cloudsploit 4b5bbd80 (December 2025),
steampipe-mod-azure-compliance 464a8efe (May 2026), cnspec 62835b13 (August 2026), azure-policy f4a50bac (April 2026),
review-checklists 56cc3adc (December 2025), terrascan d0405c2d (May 2025), monkey365 b7b0497b (March 2026). PSRule for
Azure and KICS were read file by file, not at one commit.`;

export interface Counterparts {
  readonly rules: { readonly [T in Tool]?: string };
  /** Where our verdict is another than theirs, and why. */
  readonly differs?: string;
}

const none: Counterparts = { rules: {} };

export const counterparts: Readonly<Record<string, Counterparts>> = {
  // network
  'unlisted-networks-refused': {
    rules: {
      psrule: 'Azure.ACR.Firewall',
      steampipe: 'container_registry_restrict_public_access',
      cnspec: 'mondoo-azure-security-acr-network-default-deny',
      policy: 'd0793b48',
      other: 'review-checklists cd289ced',
    },
    differs:
      'Disabled public access passes whatever the default action says, and a default action of Deny passes too; some look at one of the two only.',
  },
  'public-network-access-disabled': {
    rules: {
      prowler: 'containerregistry_not_publicly_accessible',
      checkov: 'CKV_AZURE_139',
      cloudsploit: 'acrPublicAccess',
      steampipe: 'container_registry_public_network_access_disabled',
      cnspec: 'mondoo-azure-security-acr-public-access-disabled',
      policy: '0fdf0491, a3701552',
    },
    differs:
      'Not applicable on Basic and Standard, where ARM refuses the setting; an absent property is unknown, never a pass or a fail.',
  },
  'ip-allow-rules-narrow': none,
  'private-endpoint-approved': {
    rules: {
      prowler: 'containerregistry_uses_private_link',
      azqr: 'cr-004',
      steampipe: 'container_registry_uses_private_link',
      cnspec: 'mondoo-azure-security-acr-private-endpoints',
      policy: 'e8eef0a8, d85c6833',
    },
    differs: 'Only an approved connection counts; Prowler, azqr and cnspec count pending and rejected ones.',
  },
  'registry-reachable': none,
  'private-endpoint-connections-settled': none,
  'private-endpoint-covers-every-region': none,
  'private-dns-records-complete': {
    rules: { other: 'az acr check-health --vnet' },
    differs:
      'check-health resolves names from inside one network; this compares the records of the zone with the addresses of the endpoint, for all.',
  },
  'private-dns-zone-linked': none,
  'private-dns-zone-group-attached': { rules: { policy: 'e9585a95' } },
  'private-dns-no-internet-fallback': none,
  'one-private-endpoint-per-network': { rules: { other: 'az acr check-health --vnet' } },
  'private-endpoint-has-room': none,
  'trusted-services-bypass': {
    rules: { cloudsploit: 'acrTrustedServiceEnabled', other: 'Community-Policy prevent-access-to-trusted-services' },
    differs:
      'One wants it always on, the other always off; here it depends on whether the registry is restricted and on who needs it.',
  },
  'tasks-can-reach-registry': none,
  'tasks-bypass-needed': none,
  'service-endpoints-unused': {
    rules: { steampipe: 'container_registry_use_virtual_service_endpoint', policy: 'c4857be7' },
    differs:
      'Those ask for service endpoints, a preview that cannot be combined with private endpoints; this flags them.',
  },
  'dedicated-data-endpoints': {
    rules: { checkov: 'CKV_AZURE_237' },
    differs: 'An approved private endpoint brings them along, whatever the property says.',
  },
  'export-disabled': {
    rules: {
      psrule: 'Azure.ACR.ExportPolicy',
      cnspec: 'mondoo-azure-security-acr-export-policy-disabled',
      policy: '524b0254',
      other: 'review-checklists ab91932c',
    },
    differs: 'Regulated profile only, and it names the export pipelines that stand in the way.',
  },
  // identity
  'admin-user-disabled': {
    rules: {
      psrule: 'Azure.ACR.AdminUser (AZR-000005)',
      prowler: 'containerregistry_admin_user_disabled',
      checkov: 'CKV_AZURE_137',
      azqr: 'cr-008',
      cloudsploit: 'acrAdminUser',
      steampipe: 'container_registry_admin_user_disabled',
      cnspec: 'mondoo-azure-security-acr-admin-user-disabled',
      policy: 'dc921057, 79fdfe03',
      other: 'KICS b897dfbf, Terrascan AC_AZURE_0186, review-checklists be0e38ce',
    },
  },
  'anonymous-pull-disabled': {
    rules: {
      psrule: 'Azure.ACR.AnonymousAccess (AZR-000401)',
      checkov: 'CKV_AZURE_138',
      aprl: '03f4a7d8',
      cloudsploit: 'acrAnonymousPullAccessEnabled',
      policy: '9f2dea28, cced2946',
      other: 'review-checklists e338997e',
    },
  },
  'token-passwords-expire': {
    rules: { policy: 'ff05e24e, a9b426fe', other: 'review-checklists 698dc3a2' },
    differs: 'There any enabled token is a finding; here a token may live if its passwords end.',
  },
  'token-passwords-short-lived': none,
  'scope-maps-least-privilege': none,
  'scope-map-actions-coherent': none,
  'scope-maps-in-use': none,
  'workload-roles-least-privilege': {
    rules: { other: 'review-checklists 387e5ced' },
    differs: 'The query of that item is a copy of the one about the admin user and looks at no role.',
  },
  'role-assignments-effective': {
    rules: {},
    differs: 'AcrImageSigner: see below.',
  },
  'clusters-can-pull': none,
  'implicit-pull-bounded': none,
  'repository-permissions-mode': none,
  'repository-conditions-anchored': none,
  'federated-subjects-exact': none,
  'arm-audience-tokens': {
    rules: { policy: '42781ec6, 785596ed', other: 'review-checklists 3a041fd3' },
    differs: 'Informational and regulated only: switching it off breaks image pulls of Web Apps.',
  },
  // build
  'builds-inside-registry': none,
  'base-image-updates-tracked': none,
  'pull-request-builds-off': none,
  'push-gated-by-tests': none,
  'task-definitions-secret-free': none,
  'tasks-succeeding': none,
  'task-source-registry-identity': none,
  'task-identities-least-privilege': none,
  // trust
  'quarantine-on-push': {
    rules: {
      psrule: 'Azure.ACR.Quarantine (AZR-000008)',
      checkov: 'CKV_AZURE_166',
      steampipe: 'container_registry_quarantine_policy_enabled',
      cnspec: 'mondoo-azure-security-acr-quarantine-policy-enabled',
    },
    differs: 'Hardened profile, severity low, and never without a promoter: see below.',
  },
  'quarantine-has-promoter': none,
  'content-trust-retired': {
    rules: {
      psrule: 'Azure.ACR.ContentTrust (AZR-000009, deprecated in v1.45)',
      checkov: 'CKV_AZURE_164',
      cloudsploit: 'acrContentTrustEnabled',
      steampipe: 'container_registry_trust_policy_enabled',
      cnspec: 'mondoo-azure-security-acr-content-trust-enabled',
      other: 'Community-Policy enable-trust-policy',
    },
    differs: 'The opposite verdict: see below.',
  },
  'images-signed': none,
  // scanning
  'defender-scans-registries': {
    rules: {
      psrule: 'Azure.Defender.*',
      prowler: 'defender_ensure_defender_for_containers_is_on, defender_container_images_scan_enabled',
      checkov: 'CKV_AZURE_86, CKV_AZURE_163',
      cloudsploit: 'enableDefenderForContainers',
      steampipe: 'CIS 3.1.4.3',
      other: 'monkey365 azure_147',
    },
    differs:
      'The registry extension decides, on Containers or Defender CSPM; CKV_AZURE_86 and monkey365 ask for the retired plan ContainerRegistry, CKV_AZURE_163 looks at the SKU.',
  },
  'no-severe-image-findings': {
    rules: {
      psrule: 'Azure.ACR.ContainerScan (AZR-000002), Azure.ACR.ImageHealth (AZR-000003)',
      prowler: 'defender_container_images_resolved_vulnerabilities (running images)',
      steampipe: 'container_registry_vulnerabilities_remediated (manual)',
      policy: '090c7b07',
    },
    differs: 'Silence of Defender is unknown, not clean, and both forms of its findings are read.',
  },
  // lifecycle
  'untagged-manifests-cleaned': {
    rules: {
      psrule: 'Azure.ACR.Retention (AZR-000010)',
      checkov: 'CKV_AZURE_167',
      azqr: 'cr-010',
      aprl: '3ef86f16 (disabled)',
      steampipe: 'container_registry_retention_policy_enabled',
      cnspec: 'mondoo-azure-security-acr-retention-policy-enabled',
      other: 'Community-Policy enable-retention-policy',
    },
    differs: 'Retention on Basic: see below. Zero days is a fail: it deletes at once and for good.',
  },
  'deletes-recoverable': {
    rules: {
      psrule: 'Azure.ACR.SoftDelete (AZR-000310)',
      aprl: 'e7f0fd54',
      other: 'Community-Policy enable-soft-delete-policy',
    },
    differs: 'Where Azure refuses soft delete (replicas, artifact cache, retention) nobody is told to enable it.',
  },
  'lifecycle-policies-compatible': none,
  'purge-commands-safe': none,
  'purges-have-a-safety-net': none,
  'purges-spare-newest': none,
  'cleanup-scheduled': none,
  'storage-within-included': {
    rules: { psrule: 'Azure.ACR.Usage (AZR-000001)' },
    differs: 'Usages that could not be read are unknown; there they pass.',
  },
  // resilience
  'replicas-healthy': none,
  'replicas-serve': none,
  'geo-replicated': {
    rules: {
      psrule: 'Azure.ACR.GeoReplica (AZR-000004, deprecated in July 2026)',
      checkov: 'CKV_AZURE_165',
      aprl: '36ea6c09',
      steampipe: 'container_registry_geo_replication_enabled',
    },
    differs: 'The home region in the list is no replica, and one that failed or is out of routing does not count.',
  },
  'replica-near-consumers': none,
  'home-region-has-zones': {
    rules: {
      checkov: 'CKV_AZURE_233',
      azqr: '(APRL 63491f70)',
      aprl: '63491f70',
      policy: '9d2b0a20',
      other: 'Community-Policy',
    },
    differs: 'The region is judged, never the zoneRedundancy property: see below.',
  },
  'delete-locked': {
    rules: { other: 'KICS a187ac47, Terrascan AC_AZURE_0185' },
    differs: 'Live locks at the registry, its group and its subscription, not blocks of one file.',
  },
  // governance
  'premium-sku': {
    rules: {
      psrule: 'Azure.ACR.MinSku (AZR-000006)',
      aprl: 'eb005943',
      policy: 'bd560fc0',
      other: 'review-checklists fc833934',
    },
    differs: 'One finding that names what is out of reach; the checks themselves are not applicable below Premium.',
  },
  'data-plane-logged': {
    rules: {
      psrule: 'Azure.ACR.Logs',
      azqr: 'cr-001',
      aprl: '44107155 (not evaluated)',
      cloudsploit: 'acrLogAnalyticsEnabled',
      policy: 'DS_LA_containerregistry, DS_EH_containerregistry, DS_ST_containerregistry',
      other: 'review-checklists 8a488cde',
    },
    differs:
      'Both categories enabled and sent somewhere, over all settings; azqr accepts any setting, CloudSploit one whose categories are all off.',
  },
  'customer-managed-key': {
    rules: {
      cloudsploit: 'acrCMKEncryption',
      steampipe: 'container_registry_encrypted_with_cmk',
      cnspec: 'mondoo-azure-security-acr-cmk-encryption',
      policy: '5b9159ae',
      other: 'review-checklists 0bd05dc2',
    },
    differs:
      'Regulated profile only and not applicable below Premium; the fix is a new registry, which none of them says.',
  },
  'customer-managed-key-rotates': {
    rules: { cnspec: 'mondoo-azure-security-acr-encryption-key-rotation' },
  },
  'cache-credentials-healthy': none,
  'webhooks-deliver': {
    rules: { checkov: 'CKV2_AZURE_30' },
    differs:
      'That one reads the address in Terraform; on a live registry the address is a secret that is never asked for.',
  },
  'connected-registries-healthy': none,
};

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
