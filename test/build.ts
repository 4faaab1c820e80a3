import { execFileSync } from 'node:child_process';

/** The end-to-end tests run the built tool: build it once, before any of them. */
export default function setup(): void {
  execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' });
}
