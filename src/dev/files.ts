import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's top folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A text that is made from the code, by its path from the top folder. */
export type Generated = Readonly<Record<string, string>>;

export interface CheckFile {
  readonly area: string;
  readonly id: string;
}

/** Every check file, `checks/<area>/<id>.ts`, in order. */
export const checkFiles = (): CheckFile[] =>
  readdirSync(`${root}checks`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: area }) =>
      readdirSync(`${root}checks/${area}`)
        .filter((file) => file.endsWith('.ts'))
        .map((file) => ({ area, id: basename(file, '.ts') })),
    )
    .sort((a, b) => (a.area + a.id < b.area + b.id ? -1 : 1));
