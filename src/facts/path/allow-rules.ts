import type { Observation } from '../../model/outcome.ts';
import { isUnreachable, prefixLength, sizeOf } from './cidr.ts';

/** A /16: more addresses than one organisation's networks leave from. */
export const mostAddresses = 65_536;

/** One allow rule that is no restriction, or no permission. */
export interface FlawedRule {
  readonly rule: string;
  readonly flaw: string;
  readonly seen: Observation;
}

/** Allow rules (IPv4 addresses and ranges) by themselves and as the set they are together. */
export function judgeRules(rules: readonly string[]): {
  readonly size: number;
  readonly flawed: readonly FlawedRule[];
} {
  const flawed = rules.flatMap((rule, index): FlawedRule[] => {
    const flaw = isUnreachable(rule)
      ? 'holds no public address'
      : prefixLength(rule) <= 8
        ? 'is a /8 or broader'
        : null;
    const at = `registry/networkRuleSet/ipRules/${index}` as const;
    return flaw === null ? [] : [{ rule, flaw, seen: { at, saw: rule, wanted: 'a narrow public range' } }];
  });
  return { size: sizeOf(rules), flawed };
}
