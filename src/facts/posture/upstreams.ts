/**
 * What upstream registries ask of artifact cache, as of 2026-11 (MicrosoftDocs, artifact-cache-overview.md): some take
 * authenticated pulls only, some unauthenticated ones only, some either.
 */
const loginWanted = /^(docker\.io|dhi\.io|registry\.redhat\.io|(.+\.)?azurecr\.(io|us|cn)|.+\.pkg\.dev)$/i;
const loginNotWanted =
  /^(mcr\.microsoft\.com|public\.ecr\.aws|registry\.access\.redhat\.com|ghcr\.io|quay\.io|registry\.k8s\.io|(.+\.)?gcr\.io|nvcr\.io)$/i;

/** Whether pulls from an upstream need a login; `null` for one that is not in the table. */
export const wantsLogin = (host: string): boolean | null =>
  loginWanted.test(host) ? true : loginNotWanted.test(host) ? false : null;

/** `docker.io` of `docker.io/library/*`. */
export const hostOf = (source: string): string => source.split('/')[0] ?? source;

/** One owner, who alone pushes there. */
const onePublisher = /^(mcr\.microsoft\.com|registry\.access\.redhat\.com|registry\.redhat\.io|registry\.k8s\.io)$/i;

/** A source that is a whole registry in which anybody can push: no owner stands between its host and the wildcard. */
export function isOpenToAnybody(source: string): boolean {
  const [host = '', owner = '*'] = source.split('/');
  return owner.includes('*') && !onePublisher.test(host);
}
