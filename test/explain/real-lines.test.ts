import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { explainedBy } from '../../src/explain/symptom.ts';

/** What people copied out of their terminals, names of registries aside; where it was seen; and the checks it must lead to. */
const lines: readonly (readonly [line: string, seen: string, ...checks: string[]])[] = [
  [
    'Failed to pull image "acr1.azurecr.io/main/app:v5.0.0": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://acr1.azurecr.io/oauth2/token?scope=repository%3Amain%2Fapp%3Apull&service=acr1.azurecr.io: 401 Unauthorized',
    'Azure/AKS#4459',
    'clusters-can-pull',
    'role-assignments-effective',
  ],
  [
    'failed to resolve reference "acr1.azurecr.io/docker-hub/esridocker/admin:11.4": failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://acr1.azurecr.io/oauth2/token?scope=repository%3Adocker-hub%3Apull: 401 Unauthorized',
    'Esri/arcgis-gitops#168',
    'clusters-can-pull',
    'token-passwords-expire',
  ],
  [
    'Waiting: ImagePullBackOff Failed to pull image "acr1.azurecr.io/preprocess": Error response from daemon: Get https://acr1.azurecr.io/v2/preprocess/manifests/latest: unauthorized: authentication required',
    'kubeflow/examples#654',
    'clusters-can-pull',
  ],
  [
    'manifest for acr1.azurecr.io/preprocess:latest not found: manifest unknown: manifest unknown',
    'kubeflow/examples#654',
    'purge-commands-safe',
    'quarantine-has-promoter',
  ],
  [
    'Error response from daemon: Head "https://acr1.azurecr.io/v2/aem/manifests/v2": unauthorized: authentication required, visit https://aka.ms/acr/authorization for more information.',
    'helm/helm#12189',
    'clusters-can-pull',
    'apps-can-pull',
  ],
  [
    'Back-off pulling image "acr1.azurecr.io/app:1" reason: ErrImagePull',
    'Azure/AKS#802',
    'clusters-can-pull',
    'registry-reachable',
  ],
  [
    'Image pull failed since Inspect image returned null: acr1.azurecr.io/microsoft/azuretre/api:dev',
    'microsoft/AzureTRE#924',
    'apps-can-pull',
  ],
  [
    'Image pull failed: Verify docker image configuration and credentials (if using private repository)',
    'microsoft/AzureTRE#924',
    'apps-can-pull',
  ],
  [
    "The image 'acr1.azurecr.io/app:1' in container group 'app' is not accessible. Please check the image and registry credential.",
    'MicrosoftDocs container-instances-troubleshooting.md',
    'apps-can-pull',
  ],
  [
    'error response from daemon: Get "https://acr1.azurecr.io/v2/": denied: {"errors":[{"code":"DENIED","message":"client with IP \u0027172.214.169.102\u0027 is not allowed access. Refer https://aka.ms/acr/firewall to grant access."}]}',
    'docker/build-push-action#1214',
    'registry-reachable',
    'tasks-can-reach-registry',
  ],
  [
    'error parsing HTTP 403 response body: unexpected end of JSON input: ""',
    'spotify/docker-maven-plugin#364',
    'registry-reachable',
    'role-assignments-effective',
  ],
  [
    "Could not connect to the registry login server 'acr1.azurecr.io'. Please verify that the registry exists and the URL 'https://acr1.azurecr.io/v2/' is reachable from your environment.",
    'Azure/acr#756',
    'registry-reachable',
    'private-dns-records-complete',
  ],
  [
    "An error occurred: CONNECTIVITY_CHALLENGE_ERROR Registry 'acr1.azurecr.io' did not issue a challenge.",
    'Azure/acr#847',
    'registry-reachable',
  ],
  [
    "Unable to get AAD authorization tokens with message: An error occurred: CONNECTIVITY_REFRESH_TOKEN_ERROR Access to registry 'acr1.azurecr.io' was denied. Response code: 403.",
    'MicrosoftDocs/azure-docs#85239',
    'registry-reachable',
    'role-assignments-effective',
  ],
  [
    "Unable to get AAD authorization tokens with message: Access to registry 'acr1.azurecr.io' was denied. Response code: 401.",
    'Azure/acr#164',
    'role-assignments-effective',
  ],
  [
    "An error occurred: CONNECTIVITY_DNS_ERROR Failed to reach DNS for registry 'acr1.azurecr.io'.",
    'MicrosoftDocs container-registry-health-error-reference.md',
    'private-dns-records-complete',
    'private-dns-zone-linked',
  ],
  [
    "HTTPSConnectionPool(host='acr1.azurecr.io', port=443): Max retries exceeded with url: /v2/ (Caused by NewConnectionError('Failed to establish a new connection: [WinError 10060] A connection attempt failed because the connected party did not properly respond after a period of time'))",
    'Azure/azure-cli#19486',
    'registry-reachable',
  ],
  [
    'dial tcp: lookup acr1.azurecr.io on 168.63.129.16:53: no such host',
    'SupportArticles-docs cannot-pull-image-from-acr-to-aks-cluster.md',
    'private-dns-records-complete',
    'private-dns-zone-linked',
  ],
  [
    "** server can't find acr1.privatelink.azurecr.io: NXDOMAIN",
    'nslookup, in a network linked to a zone without the record',
    'private-dns-records-complete',
    'private-dns-zone-linked',
  ],
  [
    'ACR acr1.azurecr.io rejected token exchange: failed to send token exchange request: Post https://acr1.azurecr.io/oauth2/exchange: dial tcp 10.201.3.5:443: i/o timeout',
    'Azure/acr#594',
    'clusters-reach-registry',
  ],
  [
    'failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://weumanaged15.blob.core.windows.net/x/docker/registry/v2/blobs/sha256/fd/x/data?se=2023-10-19T13%3A03%3A46Z": EOF',
    'MicrosoftDocs/azure-docs#116188',
    'dedicated-data-endpoints',
  ],
  [
    'Error response from daemon: Get https://acr1.azurecr.io/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    'Azure/azure-cli#17148',
    'registry-reachable',
    'clusters-reach-registry',
  ],
  [
    'Get "https://acr1.azurecr.io/v2/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    'microsoft/containerregistry#139',
    'clusters-reach-registry',
  ],
  [
    'error pulling image configuration: download failed after attempts=6: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'Azure/azure-cli#29298',
    'dedicated-data-endpoints',
  ],
  [
    'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    'Azure/acr#754',
    'cache-rules-can-pull',
    'cache-credentials-healthy',
  ],
  ['429 Too Many Requests, toomanyrequests: retry after', 'MicrosoftDocs container-registry-skus.md', 'premium-sku'],
  [
    "AADSTS700213: No matching federated identity record found for presented assertion subject 'repo:org/app:environment:dev'.",
    'Azure/login#482',
    'federated-subjects-exact',
  ],
  [
    "AADSTS700211: No matching federated identity record found for presented assertion issuer 'https://token.actions.githubusercontent.com/'.",
    'Azure/login#360',
    'federated-subjects-exact',
  ],
  [
    "AADSTS7002138: presented assertion subject 'repo:org/App:environment:Production'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison.",
    'Azure/login#515',
    'federated-subjects-exact',
  ],
  [
    'AADSTS70021: No matching federated identity record found for presented assertion.',
    'Azure/azure-workload-identity#340',
    'federated-subjects-exact',
  ],
  [
    'denied: requested access to the resource is denied',
    'microsoft/vscode-docker#2377',
    'role-assignments-effective',
    'scope-map-actions-coherent',
  ],
  [
    "(ScopeLocked) The scope '/subscriptions/x/resourceGroups/rg' cannot perform delete operation because following scope(s) are locked",
    'hashicorp/terraform-provider-azurerm#11770',
    'delete-locked',
  ],
];

test('there are at least 25 of them, and each is told once', () => {
  expect(new Set(lines.map(([line]) => line)).size).toBe(lines.length);
  expect(lines.length).toBeGreaterThanOrEqual(25);
});

test.each(lines)('%s', (line, _seen, ...wanted) => {
  const found = explainedBy(line, checks);
  // By a part of the line, not by words that happen to be alike.
  expect(found.filter(({ sign }) => sign === null).map(({ check }) => check.id)).toEqual([]);
  expect(found.map(({ check }) => check.id)).toEqual(expect.arrayContaining(wanted));
});
