import { checks } from '../../checks/index.ts';
import { reportCheck } from '../engine/describe.ts';
import type { Profile } from '../model/check.ts';
import { renderCheckList } from '../report/check-list.ts';
import { cloudOf } from './cloud.ts';
import { selectChecks } from './select.ts';
import { answer, type styleOn } from './terminal.ts';

export interface ListAsked {
  readonly profile: Profile;
  readonly area: readonly string[];
  readonly format: 'table' | 'json' | 'markdown';
  readonly style: ReturnType<typeof styleOn>;
}

export async function runChecks({ profile, area, format, style }: ListAsked): Promise<0> {
  const cloud = cloudOf({});
  const chosen = selectChecks(checks, { profile, check: [], skip: [], area }).map((check) => reportCheck(check, cloud));
  await answer(format, renderCheckList(chosen, format, style));
  return 0;
}
