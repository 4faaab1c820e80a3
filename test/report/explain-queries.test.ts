import { expect, test } from 'vitest';
import defender from '../../checks/scanning/defender-scans-registries.ts';
import quarantine from '../../checks/trust/quarantine-has-promoter.ts';
import { clouds } from '../../src/azure/clouds.ts';
import { checkPage } from '../../src/dev/check-page.ts';
import { reportCheck } from '../../src/engine/describe.ts';
import { severeImagesQuery } from '../../src/facts/posture/image-findings-query.ts';
import { renderCheck } from '../../src/report/check-page.ts';

const plain = { colorLevel: 0, width: 100 } as const;

test('the page of defender-scans-registries holds the working alert query, whole and unwrapped', () => {
  const printed = renderCheck(reportCheck(defender, clouds.public), defender.queries ?? [], plain);
  for (const line of severeImagesQuery.split('\n')) expect(printed).toContain(`  ${line}\n`);
  expect(checkPage(defender)).toContain(`\`\`\`kql\n${severeImagesQuery}\n\`\`\``);
});

test('the page of quarantine-has-promoter says how to see what waits', () => {
  expect(renderCheck(reportCheck(quarantine, clouds.public), quarantine.queries ?? [], plain)).toContain(
    "quarantineState=='Quarantined'",
  );
});
