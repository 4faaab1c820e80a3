import type { OpenEnum } from '../enums.ts';

/** A management lock anywhere in a subscription. */
export interface Lock {
  readonly id: string;
  readonly name: string;
  /** What it locks, and everything below: a subscription, a resource group or a resource. */
  readonly scope: string;
  readonly level: OpenEnum<'lockLevel'> | null;
}
