import type { PathFacts } from '../facts/path/facts.ts';
import type { Step } from '../model/step.ts';
import { manual } from './manual.ts';
import { acrUpdate, addIpRule } from './registry.ts';

/** Opens the public endpoint for those who must pull today; ARM refuses it while exports are forbidden. */
export const openSteps = ({ registry }: PathFacts): readonly Step[] => [
  ...(registry.policies.export?.status === 'disabled' ? [acrUpdate({ allowExports: true })] : []),
  acrUpdate({ publicNetworkEnabled: true }),
];

/** Lets listed clients in where only listed networks are answered. */
export const openToSome = (): readonly Step[] => [
  manual('Find the addresses that the clients who must pull today leave from.'),
  addIpRule('<address-range>'),
];
