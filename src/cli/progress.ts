import type { News } from '../collect/collect.ts';
import type { Voice } from './asking.ts';

/** Where no line can be overwritten (a log of a pipeline), one line in so many milliseconds says that it goes on. */
const between = 30_000;

/** Too short a time to tell from it how long the rest takes, in milliseconds. */
const tooShort = 5_000;

export interface Progress {
  show(news: News): void;
  clear(): void;
}

/**
 * What goes on, on standard error: a line that overwrites itself on a terminal, and elsewhere a line now and then; a line
 * of its own among requests. `now` counts milliseconds.
 */
export function progressOn(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
  env: NodeJS.ProcessEnv,
  voice: Voice,
  now: () => number = () => performance.now(),
): Progress {
  const overwrites = stream.isTTY && env['CI'] === undefined && env['TERM'] !== 'dumb';
  const estimated = estimates(now);
  let said = now();
  return {
    show(news) {
      if (voice === 'silent') return;
      const text = typeof news === 'string' ? news : `read ${news.read} of ${news.of} registries${estimated(news)}`;
      if (voice !== 'progress') stream.write(`${text}\n`);
      else if (overwrites) stream.write(`\r\u001b[2K${text}…`);
      else if (now() - said >= between) {
        said = now();
        stream.write(`${text}\n`);
      }
    },
    clear() {
      if (voice === 'progress' && overwrites) stream.write('\r\u001b[2K');
    },
  };
}

/** How long the rest takes at the pace so far, in words; nothing where there is no pace yet. */
function estimates(now: () => number): (news: Exclude<News, string>) => string {
  let begun: { readonly at: number; readonly read: number } | null = null;
  return ({ read, of }) => {
    begun ??= { at: now(), read };
    const [took, done] = [now() - begun.at, read - begun.read];
    if (took < tooShort || done === 0 || read === of) return '';
    const seconds = ((took / done) * (of - read)) / 1000;
    return `, about ${seconds < 90 ? `${Math.ceil(seconds / 5) * 5} s` : `${Math.round(seconds / 60)} min`} left`;
  };
}
