import type { Fated } from '../facts/tasks/fated.ts';
import { distinct } from '../model/ids.ts';
import type { InUse } from '../pages/purge.ts';

/** An image that runs: `registry/repository:tag`, `@sha256:…`. */
export interface Running {
  readonly image: string;
  /** Who runs it: `namespace/pod`. */
  readonly by: string | null;
}

/** What runs of that which would be deleted. */
export function inUseOf(
  items: readonly Fated[],
  running: readonly Running[],
  loginServer: string | null,
): readonly InUse[] {
  const going = items.filter(({ goes }) => goes === true);
  const found = running.flatMap(({ image, by }): readonly InUse[] => {
    const { host, repository, tag, digest } = partsOf(image);
    // A pod names the host of every image but those of Docker Hub; a list may leave it out.
    if (host === null ? by !== null && digest === null : loginServer !== null && host !== loginServer.toLowerCase())
      return [];
    const same = (item: Fated): boolean => repository === null || item.repository === repository;
    const its = items.find((item) => item.kind === 'tag' && item.name === tag && item.repository === repository);
    const holds = digest ?? its?.digest ?? null;
    const lost = going.find((item) => item.kind === 'manifest' && item.digest === holds && same(item));
    if (lost) return [{ image, by, loses: 'image', repository: lost.repository, name: its?.name ?? lost.name }];
    return its?.goes === true ? [{ image, by, loses: 'tag', repository: its.repository, name: its.name }] : [];
  });
  // A pod tells of one container twice: as it was asked for, and as it was pulled.
  return distinct(found, (one) => `${one.by ?? one.image} ${one.loses} ${one.repository}`);
}

/** `host/repository:tag@sha256:…`, or a digest alone. */
function partsOf(image: string): {
  readonly host: string | null;
  readonly repository: string | null;
  readonly tag: string | null;
  readonly digest: string | null;
} {
  const plain = image.replace(/^[a-z-]+:\/\//, '');
  const digest = /sha256:[0-9a-f]{64}$/.exec(plain)?.[0] ?? null;
  const [name = ''] = plain.split('@');
  if (digest !== null && name === digest) return { host: null, repository: null, tag: null, digest };
  const [first = '', ...rest] = name.split('/');
  const hosted = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const [, repository = '', tag] = /^(.*?)(?::([\w][\w.-]*))?$/.exec(hosted ? rest.join('/') : name) ?? [];
  return {
    host: hosted ? first.toLowerCase() : null,
    repository: repository === '' ? null : repository,
    // What is named without a tag is latest, unless a digest says which it is.
    tag: tag ?? (digest === null ? 'latest' : null),
    digest,
  };
}

/** What was given to say what runs does not say it. */
export class InUseError extends Error {}

/**
 * The images in what `kubectl get pods --all-namespaces -o json` prints, with the pod that runs each; or a list, one
 * reference a line.
 */
export function runningIn(text: string): readonly Running[] {
  const running = /^\s*[[{"]/.test(text) ? inDocument(text) : inLines(text);
  if (running.length === 0) throw new InUseError('it names no image');
  return running;
}

const inLines = (text: string): readonly Running[] =>
  text
    .split('\n')
    .flatMap((line) => line.replace(/#.*/, '').split(/[\s,]+/))
    .filter((word) => word !== '')
    .map((image) => ({ image, by: null }));

function inDocument(text: string): readonly Running[] {
  const document = parsed(text);
  if (Array.isArray(document))
    return document.flatMap((one) => (typeof one === 'string' ? [{ image: one, by: null }] : podImages(one)));
  const items = record(document)['items'];
  return Array.isArray(items) ? items.flatMap(podImages) : podImages(document);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InUseError('it is no JSON, or only a part of it');
  }
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
