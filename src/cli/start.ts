import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readyPage } from './ready-pages.ts';
import { widthOf } from './width.ts';

/** Runs the command line (without node and script), and loads as little as its words need; resolves to the exit code. */
export async function start(argv: readonly string[], helpFile: URL): Promise<number> {
  const page = readyPage(argv, widthOf(process.stdout, process.env), helpFile);
  if (page !== null) return print(page);
  keepCompiled(process.env);
  const { main } = await import('./main.ts');
  return main(argv);
}

/** A reader that went away has what it wanted; a full disk has not. */
const print = (page: string): Promise<number> =>
  new Promise((done) => {
    process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => done(code === 'EPIPE' ? 0 : 2));
    process.stdout.write(page, (error) => {
      if (!error) done(0);
    });
  });

/**
 * Node from 22.1 on can keep what it compiled. In a folder of the user's own: what lies there is run, so that it must not
 * be one that others may write, as /tmp is. Where the folder cannot be made, nothing is kept.
 */
function keepCompiled(env: NodeJS.ProcessEnv): void {
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  const caches = env['XDG_CACHE_HOME'] || env['LOCALAPPDATA'] || join(homedir(), '.cache');
  enableCompileCache?.(join(caches, 'acr-audit'));
}
