import { readFileSync } from 'node:fs';
import { checks } from '../../checks/index.ts';
import { architectureTable } from './architecture.ts';
import { articlePage } from './article.ts';
import { checkApiTable } from './check-api.ts';
import { checkIndex } from './check-index.ts';
import { checkPage } from './check-page.ts';
import { comparisonPage } from './comparison.ts';
import { exportPage } from './export-page.ts';
import { checkFiles, type Generated, root } from './files.ts';
import { jsonPage } from './json-page.ts';
import { withGenerated } from './marked.ts';
import { nullableValues } from './nullable.ts';
import { permissionsPage } from './permissions.ts';
import { generateSchemas, snapshotShape } from './schemas.ts';
import { symptomsPage } from './symptoms.ts';

/** Everything that is made from the code: what `npm run gen` writes, and what the test of freshness compares. */
export const generated = (): Generated => ({
  'checks/index.ts': checkIndex(checkFiles()),
  ...Object.fromEntries(checks.map((check) => [`docs/checks/${check.id}.md`, checkPage(check)])),
  'docs/architecture.md': withGenerated(
    readFileSync(`${root}docs/architecture.md`, 'utf8'),
    'parts',
    'src/dev/architecture.ts',
    architectureTable(),
  ),
  'docs/writing-a-check.md': withGenerated(
    readFileSync(`${root}docs/writing-a-check.md`, 'utf8'),
    'names',
    'src/check.ts',
    checkApiTable(),
  ),
  'docs/article.md': articlePage(),
  'docs/comparison.md': comparisonPage(),
  'docs/export.md': exportPage(),
  'docs/permissions.md': permissionsPage(),
  'docs/symptoms.md': symptomsPage(),
  ...generateSchemas(),
  'docs/json.md': jsonPage(generateSchemas()),
  'src/testing/nullable.ts': nullableValues(snapshotShape()),
});
