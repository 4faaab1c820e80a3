import { execFileSync } from 'node:child_process';

/**
 * The end-to-end tests run the built tool: build it once, before any of them, in a folder of its own. A command that is
 * linked from dist/ stays what was built last on purpose.
 */
export default function setup(): void {
  execFileSync(process.execPath, ['build.mjs', 'build'], { stdio: 'inherit' });
}
