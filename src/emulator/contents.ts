import { createHash } from 'node:crypto';
import { type Answer, answer, ok, type Question } from './answers.ts';
import type { Tenant } from './tenant.ts';

type Manifest = Tenant['contents'][string][string][number];

const envelopes: Readonly<Record<string, string>> = { cose: 'application/cose', jws: 'application/jose+json' };
const notation = 'application/vnd.cncf.notary.signature';

/** The login server of a registry, where the registry itself answers and not Azure Resource Manager. */
export const isRegistry = ({ hostname }: URL): boolean => /\.azurecr\.(io|us|cn)$/i.test(hostname);

/** A registry itself: its catalog, tags, manifests and referrers, to anybody who asks. Lists have one page. */
export function contentsAnswer(tenant: Tenant, { url }: Question): Answer {
  const repositories = tenant.contents[url.hostname.toLowerCase()] ?? {};
  if (url.pathname === '/acr/v1/_catalog') return ok({ repositories: Object.keys(repositories).sort() });
  const [, name = '', kind = '', reference = ''] =
    /^\/(?:acr\/v1|v2)\/(.+)\/(_tags|_manifests|referrers|manifests)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  const manifests = [...(repositories[decodeURIComponent(name)] ?? [])].sort((a, b) =>
    a.lastUpdateTime < b.lastUpdateTime ? 1 : -1,
  );
  switch (kind) {
    case '_tags':
      return ok({ tags: manifests.flatMap((one) => one.tags.map((tag) => ({ name: tag, ...described(one) }))) });
    case '_manifests':
      return ok({
        manifests: manifests.map((one) => ({
          ...described(one),
          mediaType: one.mediaType,
          tags: one.tags,
          imageSize: one.imageSize,
        })),
      });
    case 'referrers':
      return ok({ manifests: manifests.filter(({ digest }) => digest === reference).flatMap(referrers) });
    case 'manifests': {
      const signed = manifests.find((one) => referrers(one).some(({ digest }) => digest === reference));
      if (signed?.signature)
        return ok({ artifactType: notation, layers: [{ mediaType: envelopes[signed.signature] }] });
      const held = manifests.find(({ digest, tags }) => digest === reference || tags.includes(reference));
      if (held) return ok(bodyOf(held));
    }
  }
  return answer(404, { errors: [{ code: 'NAME_UNKNOWN', message: 'repository name not known to registry' }] });
}

const bodyOf = ({ mediaType, children, subject }: Manifest) => ({
  schemaVersion: 2,
  mediaType,
  ...(/index|list/.test(mediaType) ? { manifests: children.map((digest) => ({ digest })) } : { layers: [] }),
  ...(subject === undefined ? {} : { subject: { digest: subject } }),
});

const described = ({ digest, lastUpdateTime, locked }: Manifest) => ({
  digest,
  lastUpdateTime,
  changeableAttributes: { deleteEnabled: !locked, writeEnabled: !locked },
});

/** The signature of a manifest, under a digest of its own. */
const referrers = ({ digest, signature }: Manifest) =>
  signature === undefined
    ? []
    : [{ digest: `sha256:${createHash('sha256').update(digest).digest('hex')}`, artifactType: notation }];
