import type { RoleDefinition, RolePermission } from '../../model/facets/role-assignments.ts';

/** The built-in roles that reach a registry, by the guid that is the same in every tenant. */
export const roleIds = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  userAccessAdministrator: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  rbacAdministrator: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
  acrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
  acrPush: '8311e382-0749-4cb8-b61a-304f252e45ec',
  acrDelete: 'c2f4ef07-c644-48eb-af81-4b1b4947fb11',
  acrImageSigner: '6cef56e8-d556-48e5-a04f-b8e64114680f',
  acrQuarantineReader: 'cdda3590-29a3-44f6-95f2-9f980659eb04',
  acrQuarantineWriter: 'c8d4ff99-41c3-41a8-9f60-21dfdad59608',
  repositoryReader: 'b93aa761-3e63-49ed-ac28-beffa264f7ac',
  repositoryWriter: '2a1e307c-b015-4ebd-883e-5b7698a07328',
  repositoryContributor: '2efddaa5-3f1f-4df3-97df-af3f13818f4c',
  catalogLister: 'bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7',
  tasksContributor: 'fb382eab-e894-4461-af04-94435c366c3f',
  configurationReader: '69b07be0-09bf-439a-b9a6-e73de851bd59',
  configurationAdministrator: '3bc748fc-213d-45c1-8d91-9da5725539b9',
  dataImporter: '577a9874-89fd-4f24-9dbd-b5034d0ad23a',
  transferPipelineContributor: 'bf94e731-3a51-4a7c-8c54-a1ab9971dfc1',
  cacheRuleAdministrator: 'df87f177-bb12-4db1-9793-a413691eff94',
  managedIdentityContributor: 'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59',
  managedIdentityOperator: 'f1a07417-d97a-45cb-824c-7a7467783830',
  monitoringReader: '43d0d8ad-25c7-4714-9337-8ba259a9fe05',
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
  keyVaultCryptoUser: '12338af0-0e69-4776-bea7-57ae8d297424',
  keyVaultCryptoServiceEncryptionUser: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
} as const;

const acr = 'Microsoft.ContainerRegistry/registries';

const builtIn = (id: string, name: string, granted: Partial<RolePermission>): RoleDefinition => ({
  id,
  name,
  custom: false,
  permissions: [{ actions: [], notActions: [], dataActions: [], notDataActions: [], ...granted }],
});

const repositories = (...operations: readonly string[]): string[] =>
  operations.flatMap((operation) => [
    `${acr}/repositories/metadata/${operation}`,
    `${acr}/repositories/content/${operation}`,
  ]);

/**
 * What those roles grant, as far as it concerns a registry: read where their definitions cannot be. Azure's own
 * definition wins where it was read. Source: Microsoft Learn, "Azure built-in roles" (Containers, Privileged, General).
 */
export const builtInRoles: readonly RoleDefinition[] = [
  builtIn(roleIds.owner, 'Owner', { actions: ['*'] }),
  builtIn(roleIds.contributor, 'Contributor', {
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
    ],
  }),
  builtIn(roleIds.reader, 'Reader', { actions: ['*/read'] }),
  builtIn(roleIds.userAccessAdministrator, 'User Access Administrator', {
    actions: ['*/read', 'Microsoft.Authorization/*'],
  }),
  builtIn(roleIds.rbacAdministrator, 'Role Based Access Control Administrator', {
    actions: [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      '*/read',
    ],
  }),
  builtIn(roleIds.acrPull, 'AcrPull', { actions: [`${acr}/pull/read`] }),
  builtIn(roleIds.acrPush, 'AcrPush', { actions: [`${acr}/pull/read`, `${acr}/push/write`] }),
  builtIn(roleIds.acrDelete, 'AcrDelete', { actions: [`${acr}/artifacts/delete`] }),
  builtIn(roleIds.acrImageSigner, 'AcrImageSigner', {
    actions: [`${acr}/sign/write`],
    dataActions: [`${acr}/trustedCollections/write`],
  }),
  builtIn(roleIds.acrQuarantineReader, 'AcrQuarantineReader', {
    actions: [`${acr}/quarantine/read`],
    dataActions: [`${acr}/quarantinedArtifacts/read`],
  }),
  builtIn(roleIds.acrQuarantineWriter, 'AcrQuarantineWriter', {
    actions: [`${acr}/quarantine/read`, `${acr}/quarantine/write`],
    dataActions: [`${acr}/quarantinedArtifacts/read`, `${acr}/quarantinedArtifacts/write`],
  }),
  builtIn(roleIds.repositoryReader, 'Container Registry Repository Reader', { dataActions: repositories('read') }),
  builtIn(roleIds.repositoryWriter, 'Container Registry Repository Writer', {
    dataActions: repositories('read', 'write'),
  }),
  builtIn(roleIds.repositoryContributor, 'Container Registry Repository Contributor', {
    dataActions: repositories('read', 'write', 'delete'),
  }),
  builtIn(roleIds.catalogLister, 'Container Registry Repository Catalog Lister', {
    dataActions: [`${acr}/catalog/read`],
  }),
  builtIn(roleIds.tasksContributor, 'Container Registry Tasks Contributor', {
    actions: [
      `${acr}/read`,
      ...['read', 'write', 'delete'].flatMap((verb) => [
        `${acr}/agentpools/${verb}`,
        `${acr}/tasks/${verb}`,
        `${acr}/taskruns/${verb}`,
      ]),
      `${acr}/tasks/listDetails/action`,
      `${acr}/scheduleRun/action`,
      `${acr}/listBuildSourceUploadUrl/action`,
      `${acr}/runs/read`,
      `${acr}/runs/write`,
    ],
  }),
  builtIn(roleIds.configurationReader, 'Container Registry Configuration Reader and Data Access Configuration Reader', {
    actions: [`${acr}/read`, `${acr}/listCredentials/action`, `${acr}/tokens/read`, `${acr}/scopeMaps/read`],
  }),
  builtIn(
    roleIds.configurationAdministrator,
    'Container Registry Contributor and Data Access Configuration Administrator',
    {
      actions: [
        `${acr}/read`,
        `${acr}/write`,
        `${acr}/delete`,
        ...['listCredentials', 'regenerateCredential', 'generateCredentials'].map((verb) => `${acr}/${verb}/action`),
        ...['replications', 'tokens', 'scopeMaps'].flatMap((what) =>
          ['read', 'write', 'delete'].map((verb) => `${acr}/${what}/${verb}`),
        ),
      ],
    },
  ),
  builtIn(roleIds.dataImporter, 'Container Registry Data Importer and Data Reader', {
    actions: [`${acr}/read`, `${acr}/pull/read`, `${acr}/importImage/action`],
  }),
  builtIn(roleIds.transferPipelineContributor, 'Container Registry Transfer Pipeline Contributor', {
    actions: ['importPipelines', 'exportPipelines', 'pipelineRuns'].flatMap((what) =>
      ['read', 'write', 'delete'].map((verb) => `${acr}/${what}/${verb}`),
    ),
  }),
  builtIn(roleIds.cacheRuleAdministrator, 'Container Registry Cache Rule Administrator', {
    actions: ['read', 'write', 'delete'].map((verb) => `${acr}/cacheRules/${verb}`),
  }),
  builtIn(roleIds.managedIdentityContributor, 'Managed Identity Contributor', {
    actions: ['read', 'write', 'delete'].flatMap((verb) => [
      `Microsoft.ManagedIdentity/userAssignedIdentities/${verb}`,
      `Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/${verb}`,
    ]),
  }),
  builtIn(roleIds.managedIdentityOperator, 'Managed Identity Operator', {
    actions: ['read', 'assign/action'].map((one) => `Microsoft.ManagedIdentity/userAssignedIdentities/*/${one}`),
  }),
  builtIn(roleIds.monitoringReader, 'Monitoring Reader', { actions: ['*/read'] }),
  builtIn(roleIds.keyVaultSecretsUser, 'Key Vault Secrets User', {
    dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'],
  }),
  builtIn(roleIds.keyVaultCryptoUser, 'Key Vault Crypto User', { dataActions: ['Microsoft.KeyVault/vaults/keys/*'] }),
  builtIn(roleIds.keyVaultCryptoServiceEncryptionUser, 'Key Vault Crypto Service Encryption User', {
    dataActions: ['read', 'wrap/action', 'unwrap/action'].map((verb) => `Microsoft.KeyVault/vaults/keys/${verb}`),
  }),
];
