import { operationsOf, type TokenMap } from '../facts/access/scope-maps.ts';
import { shellWord } from '../model/shell.ts';
import type { Step } from '../model/step.ts';
import { manual } from './manual.ts';

/** A map with the operations of the one it replaces, on the repositories needed; never with more. */
export const narrowerMap = (token: string, map: TokenMap): Step =>
  manual(
    `Make a scope map with the repositories that the token needs (az acr scope-map create --registry <registry> --subscription <subscription> --name MAP --repository NAME ${operationsOf(map).join(' ')}), then put the token on it (az acr token update --registry <registry> --subscription <subscription> --name ${shellWord(token)} --scope-map MAP).`,
  );
