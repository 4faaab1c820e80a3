import type { Format } from './formats.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';
import { table } from './table.ts';

export { type Filter, shown } from './filter.ts';
export type { Reporter, Style } from './reporter.ts';

export const reporters = { table, json, sarif, markdown } as const satisfies Record<Format, Reporter>;
