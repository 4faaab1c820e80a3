import { checks } from '../../checks/index.ts';
import { reportCheck } from '../engine/describe.ts';
import { renderCheckList } from '../report/check-list.ts';
import type { ChecksArgs } from './checks.ts';
import { selectChecks } from './select.ts';
import { styleOn, write } from './terminal.ts';

export async function runChecks(args: ChecksArgs): Promise<0> {
  const chosen = selectChecks(checks, { profile: args.profile, check: [], skip: [], area: args.area ?? [] }).map(
    reportCheck,
  );
  const style = styleOn(process.stdout, args.color, process.env);
  await write(process.stdout, renderCheckList(chosen, args.output, style));
  return 0;
}
