/** A row of the article, and what is to be said about it beside the checks that name it in `article`. */
export interface ArticleRow {
  /** The name by which checks refer to it. */
  readonly row: string;
  /** What the row says, where its name does not. */
  readonly title?: string;
  /** Where Azure behaves otherwise than the article has it. */
  readonly note: string;
  /** Checks that will answer it and are not there yet. */
  readonly planned?: readonly string[];
}

export const classes: readonly ArticleRow[] = [
  {
    row: 'Private endpoints + firewall',
    note: 'One property does not prove it: a registry with public access off and no approved endpoint is not hardened but unreachable.',
  },
  {
    row: 'Disable admin user',
    note: 'The proof offered, asking for the credential, prints the password where it is on. The property is enough.',
  },
  {
    row: 'Tokens + scope maps',
    note: "Every SKU has them. `az acr token create` makes two passwords that never expire, in the article's lab too.",
  },
  {
    row: 'Managed-identity pulls',
    note: "The proof offered, `az aks check-acr`, creates a pod. Which role lets pull depends on the registry's permission mode.",
    planned: ['cluster-manifests-keyless'],
  },
  {
    row: 'ACR Tasks',
    note: 'Tasks are not a trusted service: since June 2025 one with the system identity gets 403 from a restricted registry unless a flag allows it.',
  },
  {
    row: 'Quarantine-on-push',
    note: 'A preview since 2018, and no control for everybody: Defender reportedly does not scan what is quarantined, so something of yours must promote.',
  },
  {
    row: 'Notation signing',
    note: 'AcrImageSigner is for Docker Content Trust and does nothing for Notation. AKS Image Integrity only audits.',
    planned: ['trust-policy-strict', 'admission-enforced', 'images-pinned-by-digest'],
  },
  {
    row: 'Geo-replication + AZ',
    note: 'Two "Ready" rows prove nothing: the home region is one of them, and a replica can be out of routing. Zone redundancy is on for every SKU in a region with zones, whatever the property reads.',
  },
  {
    row: 'Defender for Containers',
    note: 'A plan in tier Standard proves nothing: its registry extension scans. The query printed there names the fields of a scanner that is gone; a working one is on the page of defender-scans-registries.',
  },
  {
    row: 'Retention + purge + soft delete',
    note: 'Soft delete excludes retention, replicas and artifact cache: the end state described cannot be built.',
  },
  {
    row: 'OIDC federated CI/CD',
    note: 'A subject is compared letter by letter: the pattern with `v*` matches nothing.',
    planned: ['pipelines-keyless'],
  },
];

export const playbook: readonly ArticleRow[] = [
  {
    row: 'Playbook 1',
    title: 'Login works, layers hang',
    note: 'In a linked network a missing record does not resolve at all. A public address means that the zone is not linked, or that the link falls back to the internet.',
  },
  {
    row: 'Playbook 2',
    title: 'CI is refused',
    note: 'registry-reachable and unlisted-networks-refused pass in exactly that state: the registry refuses whom it should. Hosted runners come from the internet with addresses that change. Run the job where a network reaches the registry (a runner of your own, an agent pool of tasks), or list its addresses; `explain path` says which networks get through.',
  },
  {
    row: 'Playbook 3',
    title: 'Defender shows nothing',
    note: "The plan's tier is not enough, and Defender needs no identity or role.",
  },
  {
    row: 'Playbook 4',
    title: 'A task fails on import',
    note: 'Import is a trusted service, into and out of a restricted registry, if the source lets trusted services in; a source whose public access is off is named by its resource id. Tasks are not trusted.',
  },
  {
    row: 'Playbook 5',
    title: 'The base-image trigger never fires',
    note: '`latest` is tracked. What never fires is a digest, or a tag that is used once.',
  },
  {
    row: 'Playbook 6',
    title: 'Quarantine stops every deployment',
    note: 'Its page shows how to list what waits. A push webhook is no help: it stays silent until an image has passed.',
  },
  {
    row: 'Playbook 7',
    title: 'A good image fails verification',
    note: '',
    planned: ['trust-policy-strict', 'images-pinned-by-digest'],
  },
  {
    row: 'Playbook 8',
    title: 'A cluster may not pull',
    note: 'In the ABAC permission mode AcrPull grants nothing and `--attach-acr` is not supported.',
  },
  {
    row: 'Playbook 9',
    title: 'A purge deleted a signed image',
    note: '`--untagged` spares signatures and parts of multi-arch images. The danger is a pattern that matches signature tags, and no `--keep`.',
  },
  {
    row: 'Playbook 10',
    title: 'A tag is old in one region',
    note: 'No state shows the lag of a single tag. Deploy by digest.',
  },
  { row: 'Playbook 11', title: "The pipeline's login finds no credential", note: '' },
  {
    row: 'Playbook 12',
    title: 'Locked out after the lockdown',
    note: 'Only the data plane is closed: ARM takes `az acr update --public-network-enabled true` from anywhere.',
  },
];

export const otherTables: readonly ArticleRow[] = [
  { row: 'Who owns each layer', note: 'The areas of the checks; who owns what is yours to say.' },
  { row: 'What each SKU includes', note: 'Tokens, soft delete, zone redundancy and artifact cache are on every SKU.' },
  { row: 'The vocabulary', note: 'The words are those of the evidence: see a snapshot.' },
  {
    row: 'Expected A records',
    note: "Also for the home region, and compared with the endpoint's addresses, since a stale record is as bad as a missing one.",
  },
  { row: 'Network settings', note: '200 rules fit, not 100; public access off overrides them all.' },
  {
    row: 'Who reaches a locked registry',
    note: 'Trusted are Defender, Machine Learning, Container Instances and import; tasks, Container Apps and the AKS image cleaner are not.',
  },
  { row: 'Scope-map actions', note: 'A push needs read as well as write.' },
  { row: 'Credential models', note: '' },
  {
    row: 'Built-in roles',
    note: 'Reader pulls every image in the legacy mode; in the ABAC mode the Acr roles are dead.',
  },
  { row: 'Kinds of tasks', note: 'Layers are not cached between runs unless a step asks for it.' },
  { row: 'Triggers of tasks', note: 'Only runtime images are tracked; the type `All` adds nothing documented.' },
  {
    row: 'The task file',
    note: 'A `build` step pushes nothing by itself; a `push` step does, after the steps that its `when` names. `$Registry`, `$ID`, `$Date`, `$Commit` and the alias `acr` mean something only under `version: v1.1.0`. Only the first command of a `cmd` is a container; the rest runs in a shell without `az` and `acr`. `env:` goes to the container, not to the shell that expands the line. `secret:` names a vault, never a value.',
  },
  { row: 'Run statuses', note: 'Started and Timeout exist too.' },
  { row: 'Quarantine states', note: 'In the legacy mode Reader, Contributor and Owner see quarantined images anyway.' },
  { row: 'Verification levels', note: '', planned: ['trust-policy-strict'] },
  { row: 'Quarantine against signing', note: '' },
  {
    row: 'Who triggers a failover',
    note: 'The home region stays the place of the control plane and of tasks: a replica does not replace it.',
  },
  { row: 'What each feature survives', note: 'Soft delete is not independent of replicas: they exclude each other.' },
  {
    row: 'Replica states',
    note: 'The states named are a free text of the service; what is judged is the provisioning state and the routing switch.',
  },
  {
    row: 'Scan triggers',
    note: 'How long an image is rescanned is documented in more than one way; no check rests on it.',
  },
  { row: 'The sequence of gates', note: '', planned: ['admission-enforced'] },
  {
    row: 'Ways to clean up',
    note: 'Retention touches Docker manifests only, and only those untagged after it was enabled.',
  },
  {
    row: 'Flags of purge',
    note: '`--keep` counts among the tags that would be deleted, and durations read differently from how they look.',
  },
  { row: 'Federated subjects', note: '' },
  {
    row: 'How CI logs in',
    note: 'The job shown cannot run: AcrPush does not allow `az acr build`, which needs Container Registry Tasks Contributor, and that role can replace every image. Without a password: a federated credential for hosted runners, a managed identity for runners of your own. A pipeline that only pushes needs a push role at this registry and nothing else.',
    planned: ['pipelines-keyless'],
  },
  {
    row: 'The scenario, before and after',
    note: 'Its order is the order of a plan: promoter before quarantine, identities before the admin user goes.',
  },
  { row: 'Advantages and disadvantages', note: 'What each fix breaks is on the page of each check.' },
  {
    row: 'The lab',
    note: 'Its steps 5 and 6 exclude each other: soft delete is refused beside a replica or retention. A replica may live in a region without zones.',
  },
  {
    row: 'Security notes',
    note: 'Out of sight, because Azure Resource Manager does not show them: the secrets of app registrations that log in here and when they end (Microsoft Entra: `az ad app credential list`), and which signing certificates a vault holds and who may sign with them where the vault has access policies of its own.',
  },
  {
    row: 'Signals to alert on',
    note: 'The pages of no-severe-running-images, no-severe-image-findings and quarantine-has-promoter hold the query.',
  },
  {
    row: 'Cost drivers',
    note: 'Prices change and differ by contract, so none is named. What can be counted: Premium units (the home region is one, each replica another), storage (10, 100 and 500 GiB are included in Basic, Standard and Premium; what is above is billed, and storage-within-included warns at 90 %), agent time of tasks, Defender by image. Limits are those that the registry itself names (`az acr show-usage`): limits-within-reach reads them, because registries answer different ones.',
  },
  { row: 'Exam questions', note: 'None.' },
  {
    row: 'Long queue and concurrency',
    note: 'A run that is Queued or Running past the timeout of its task is stuck, and one whose pool is missing, Failed or at count 0 waits for ever: tasks-have-a-place-to-run.',
  },
];
