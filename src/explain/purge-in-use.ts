import type { Fated, InUse } from '../model/pages/purge.ts';

/** An image that runs: `registry/repository:tag`, `@sha256:…`. */
export interface Running {
  readonly image: string;
  /** Who runs it: `namespace/pod`. */
  readonly by: string | null;
}

/** What runs of that which would be deleted. */
export function inUseOf(items: readonly Fated[], running: readonly Running[]): readonly InUse[] {
  const going = items.filter(({ goes }) => goes === true);
  const deletedDigests = new Set(going.filter(({ kind }) => kind === 'manifest').map(({ digest }) => digest));
  return running.flatMap(({ image, by }) => {
    const { repository, tag, digest } = partsOf(image);
    const hit =
      going.find(
        (item) => digest !== null && item.digest === digest && (repository === null || item.repository === repository),
      ) ??
      going.find((item) => item.kind === 'tag' && tag !== null && item.name === tag && item.repository === repository);
    if (!hit) return [];
    const loses = deletedDigests.has(hit.digest) ? 'image' : 'tag';
    return [{ image, by, loses, repository: hit.repository, name: hit.name } as const];
  });
}

/** `host/repository:tag@sha256:…`, or a digest alone. */
function partsOf(image: string): {
  readonly repository: string | null;
  readonly tag: string | null;
  readonly digest: string | null;
} {
  const plain = image.replace(/^[a-z-]+:\/\//, '');
  const digest = /sha256:[0-9a-f]{64}/.exec(plain)?.[0] ?? null;
  const [name = ''] = plain.split('@');
  const [, path, tag] = /^(.*?)(?::([\w][\w.-]*))?$/.exec(name) ?? [];
  const parts = (path ?? '').split('/');
  const hosted = parts.length > 1 && /[.:]/.test(parts[0] ?? '');
  const repository = (hosted ? parts.slice(1) : parts).join('/');
  return { repository: repository === '' || /^sha256$/.test(repository) ? null : repository, tag: tag ?? null, digest };
}

/**
 * The images in what `kubectl get pods --all-namespaces -o json` prints, with the pod that runs each; or a list, one
 * reference a line.
 */
export function runningIn(text: string): readonly Running[] {
  let document: unknown = null;
  try {
    document = JSON.parse(text);
  } catch {
    return text
      .split(/\s+/)
      .filter((word) => word !== '' && !word.startsWith('#'))
      .map((image) => ({ image, by: null }));
  }
  if (Array.isArray(document))
    return document.flatMap((one) => (typeof one === 'string' ? [{ image: one, by: null }] : podImages(one)));
  const items = record(document)['items'];
  return Array.isArray(items) ? items.flatMap(podImages) : podImages(document);
}

function podImages(pod: unknown): readonly Running[] {
  const { metadata, spec, status } = record(pod);
  const { namespace, name } = record(metadata);
  const by = typeof name === 'string' ? `${typeof namespace === 'string' ? `${namespace}/` : ''}${name}` : null;
  const containers = (where: unknown, keys: readonly string[]): readonly unknown[] =>
    keys.flatMap((key) => {
      const list = record(where)[key];
      return Array.isArray(list) ? list : [];
    });
  const images = [
    ...containers(spec, ['containers', 'initContainers', 'ephemeralContainers']).map((one) => record(one)['image']),
    ...containers(status, ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses']).flatMap(
      (one) => [record(one)['image'], record(one)['imageID']],
    ),
  ];
  return [...new Set(images.filter((image) => typeof image === 'string' && image !== ''))].map((image) => ({
    image: String(image),
    by,
  }));
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
