/** What is wrong with a subject, or why it cannot be told; `exact` names one branch, tag, environment, workflow or account. */
export type SubjectState =
  | { readonly state: 'exact' }
  | { readonly state: 'dead' | 'wide' | 'unclear'; readonly words: string };

const exact: SubjectState = { state: 'exact' };
const dead = (words: string): SubjectState => ({ state: 'dead', words: `${words}, so that it never matches` });
const wide = (words: string): SubjectState => ({ state: 'wide', words });
const unclear = (words: string): SubjectState => ({ state: 'unclear', words });

/**
 * The claims that GitHub puts into a subject, by default or by a template (`include_claim_keys`): docs.github.com,
 * OpenID Connect reference.
 */
const claims = new Set([
  'repo',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'repository_visibility',
  'ref',
  'ref_type',
  'ref_protected',
  'environment',
  'job_workflow_ref',
  'job_workflow_sha',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'actor',
  'actor_id',
  'event_name',
  'base_ref',
  'head_ref',
  'run_id',
  'run_number',
  'run_attempt',
  'runner_environment',
  'sha',
  'enterprise',
  'enterprise_id',
]);

/** One part of GitHub's subject: a claim and its value; `pull_request` has none. */
interface Component {
  readonly claim: string;
  readonly value: string;
}

/** The parts of a subject, or the part at which it is no subject of GitHub. */
export function githubComponents(subject: string): readonly Component[] | { readonly strange: string } {
  const parts = subject.split(':');
  const found: Component[] = [];
  while (parts.length > 0) {
    const claim = parts.shift() ?? '';
    if (claim === 'pull_request') found.push({ claim, value: '' });
    else if (!claims.has(claim) || parts.length === 0) return { strange: claim };
    else found.push({ claim, value: parts.shift() ?? '' });
  }
  return found;
}

/** GitHub, its enterprise clouds and servers: one grammar, compared letter by letter. */
export function githubSubject(subject: string): SubjectState {
  if (subject.includes('*')) return dead(`its subject '${subject}' holds a *, which Azure takes literally`);
  const parts = githubComponents(subject);
  if ('strange' in parts) {
    const first = subject.split(':')[0] ?? '';
    return claims.has(first)
      ? unclear(`'${parts.strange}' in its subject '${subject}' is no claim that this version knows`)
      : dead(`its subject '${subject}' begins with nothing that GitHub sends (upper and lower case count)`);
  }
  const repository = parts.find(({ claim }) => claim === 'repo' || claim === 'repository');
  if (repository && !repository.value.includes('/'))
    return dead(`its subject '${subject}' names a repository without its owner`);
  const short = parts.find(({ claim, value }) => claim === 'ref' && !value.startsWith('refs/'));
  if (short) return dead(`its subject says ref:${short.value} where GitHub sends ref:refs/heads/… or ref:refs/tags/…`);
  if (parts.some(isOfPullRequests)) return wide('it accepts pull requests of the repository, reviewed or not');
  if (!parts.some(namesOwner)) return wide(`its subject '${subject}' ${ofWhomever}`);
  if (!parts.some(namesOne))
    return wide(
      `its subject '${subject}' names no branch, tag, environment or workflow, so that it accepts every one, pull requests among them`,
    );
  return exact;
}

const isOfPullRequests = ({ claim, value }: Component): boolean =>
  claim === 'pull_request' ||
  (claim === 'event_name' && value.startsWith('pull_request')) ||
  (['ref', 'job_workflow_ref', 'workflow_ref', 'base_ref', 'head_ref'].includes(claim) && value.includes('refs/pull/'));

/** Names a repository, or what it belongs to: any other claim is everybody's, as each repository says which it sends. */
const namesOwner = ({ claim }: Component): boolean =>
  /^(repo|repository(_id|_owner|_owner_id)?|(job_)?workflow_ref|enterprise(_id)?)$/.test(claim);

const ofWhomever = 'names no repository and no owner, so that it accepts every repository that sends such a subject';

const namesOne = ({ claim, value }: Component): boolean =>
  (claim === 'ref' && /^refs\/(heads|tags)\/./.test(value)) ||
  (['environment', 'job_workflow_ref', 'workflow_ref'].includes(claim) && value !== '');

/** Whether GitHub's subject names its repository by an id, which nobody can take over with the name. */
export const isByIds = (subject: string): boolean =>
  /(^|:)repo:[^:/@]+@\d+\/[^:/@]+@\d+(:|$)/.test(subject) || /(^|:)repository_id:\d+(:|$)/.test(subject);

/** Azure DevOps: a service connection, as its own issuer or Entra's writes it, or a pipeline. */
export function devOpsSubject(subject: string): SubjectState {
  if (subject.includes('*')) return dead(`its subject '${subject}' holds a *, which Azure takes literally`);
  if (/^(sc|p):\/\/[^/]+\/[^/]+\/[^/]+$/.test(subject) || /^\/eid1\/.+\/sc\/[^/]+\/[^/]+$/.test(subject)) return exact;
  return unclear(`its subject '${subject}' is in no form of Azure DevOps that this version knows`);
}

/** AKS: one service account of one namespace. */
export function kubernetesSubject(subject: string): SubjectState {
  if (subject.includes('*')) return dead(`its subject '${subject}' holds a *, which Azure takes literally`);
  return /^system:serviceaccount:[^:]+:[^:]+$/.test(subject)
    ? exact
    : dead(`its subject '${subject}' is not in the form system:serviceaccount:NAMESPACE:NAME`);
}

/** Other issuers: only what is true of each. */
export const otherSubject = (subject: string): SubjectState =>
  subject.includes('*') ? dead(`its subject '${subject}' holds a *, which Azure takes literally`) : exact;

/**
 * A claims matching expression in place of a subject: `claims['sub'] matches 'repo:org/app:ref:refs/heads/*'`, where `*`
 * and `?` stand for any text and any letter.
 */
export function expressionState(expression: string, ofGitHub: boolean): SubjectState {
  const tests = expression
    .split(/\s+and\s+/i)
    .map((one) => /^\s*claims\['(\w+)'\]\s+(eq|matches)\s+'([^']*)'\s*$/i.exec(one));
  if (tests.some((one) => one === null))
    return unclear(`its expression ${expression} is in no form that this version knows`);
  const subject = tests.find((one) => one?.[1] === 'sub');
  if (!subject) return unclear(`its expression ${expression} does not test the subject`);
  const [, , operator = '', pattern = ''] = subject;
  if (operator.toLowerCase() === 'eq' || !/[*?]/.test(pattern))
    return ofGitHub ? githubSubject(pattern) : otherSubject(pattern);
  const its = ofGitHub ? githubPattern(pattern) : patternOfOthers(pattern);
  return its.state === 'wide' && tests.length > 1
    ? unclear(`${its.words}, unless what else its expression asks narrows that`)
    : its;
}

/** A pattern may stand for some branches of one repository; for every one, or for every repository, it is too wide. */
function githubPattern(pattern: string): SubjectState {
  const parts = githubComponents(pattern);
  if ('strange' in parts) return wide(`its pattern '${pattern}' leaves open which claims it stands for`);
  const open = parts.find(({ claim, value }) => /[*?]/.test(value) && !isBounded(claim, value));
  if (open) return wide(`its pattern '${pattern}' accepts every ${nounOf(open)}`);
  if (parts.some(isOfPullRequests)) return wide('it accepts pull requests of the repository, reviewed or not');
  if (!parts.some(namesOwner)) return wide(`its pattern '${pattern}' ${ofWhomever}`);
  return parts.some(namesOne) ? exact : wide(`its pattern '${pattern}' names no branch, tag, environment or workflow`);
}

const isBounded = (claim: string, value: string): boolean =>
  claim === 'ref'
    ? /^refs\/(heads|tags)\/[^*?]/.test(value)
    : ['environment', 'actor', 'sha', 'run_id', 'run_number'].includes(claim)
      ? /^[^*?]/.test(value)
      : claim === 'job_workflow_ref' || claim === 'workflow_ref'
        ? /^[^*?]+\/[^*?]+\/\.github\/workflows\/[^*?]+@/.test(value)
        : false;

const nounOf = ({ claim }: Component): string =>
  ({ ref: 'branch or tag', environment: 'environment', job_workflow_ref: 'workflow', workflow_ref: 'workflow' })[
    claim
  ] ?? 'repository that fits';

const patternOfOthers = (pattern: string): SubjectState =>
  wide(`its pattern '${pattern}' accepts more than one subject`);
