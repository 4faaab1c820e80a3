import type { Report } from '../pages/report.ts';
import { azurePipelines } from './azure-pipelines.ts';
import { csv } from './csv.ts';
import type { Format } from './formats.ts';
import { github } from './github.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Reporter, Style } from './reporter.ts';
import { sarif } from './sarif.ts';
import { table } from './table.ts';

export { type Filter, shown } from './filter.ts';
export type { Exit, Reporter, Style } from './reporter.ts';

const whole =
  (render: (report: Report, style: Style) => string): Reporter =>
  (report, style) => [render(report, style)];

export const reporters: { readonly [F in Format]: Reporter } = {
  table: whole(table),
  json,
  sarif: whole(sarif),
  markdown: whole(markdown),
  html,
  junit,
  csv,
  github,
  'azure-pipelines': azurePipelines,
};
