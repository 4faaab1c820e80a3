import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { areas } from '../model/check.ts';
import { root } from './files.ts';

const [, area, id] = /^([a-z-]+)\/([a-z][a-z0-9-]*)$/.exec(process.argv[2] ?? '') ?? [];
if (area === undefined || id === undefined || !(areas as readonly string[]).includes(area)) {
  process.stderr.write(`usage: npm run new-check -- <area>/<id>\nthe areas are ${areas.join(', ')}\n`);
  process.exit(2);
}

const files = {
  [`checks/${area}/${id}.ts`]: `import { commands, defineCheck } from '../../src/check.ts';

export default defineCheck({
  id: '${id}',
  title: 'TODO: true when it passes',
  problem: 'TODO: true when it fails',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'TODO',
  since: '1.0',
  area: '${area}',
  needs: ['registry'],

  why: 'TODO: what an attacker or an outage does',
  symptom: 'TODO: what somebody notices without this tool',
  cause: 'TODO: how a registry gets into this state',
  confirm: ['az acr show --name <registry> --subscription <subscription> --query TODO'],
  fix: { steps: [commands.manual('TODO')], breaks: 'TODO' },
  refs: ['https://learn.microsoft.com/azure/container-registry/TODO'],

  // One property, as data. For anything else write evaluate: see docs/writing-a-check.md.
  rule: { at: 'registry/TODO', wanted: true },
});
`,
  [`test/checks/${area}/${id}.test.ts`]: `import check from '../../../checks/${area}/${id}.ts';

import { acr, testCheck } from '../../support.ts';

testCheck(check, [
  ['unknown', 'ARM left the setting out', { registry: acr() }],
  // TODO: a row for every verdict, pass and fail first
]);
`,
};

for (const [path, text] of Object.entries(files)) {
  if (existsSync(`${root}${path}`)) {
    process.stderr.write(`${path} is there already\n`);
    process.exit(2);
  }
  mkdirSync(dirname(`${root}${path}`), { recursive: true });
  writeFileSync(`${root}${path}`, text);
  process.stdout.write(`wrote ${path}\n`);
}
process.stdout.write('fill them in, then: npm run format && npm run gen && npm test\n');
