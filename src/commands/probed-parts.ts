import type { ProbedFlaw } from '../facts/path/probed.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Resolution } from '../model/facets/resolution.ts';
import { unseen } from '../model/outcome.ts';
import { bad, type Part, unclear } from '../model/parts.ts';
import { shellWord } from '../model/shell.ts';
import { manual } from './manual.ts';

/**
 * What this machine saw go wrong, as parts of a verdict. `told`: the names of which Azure's evidence tells it already.
 * Without `--probe` there is nothing to tell; where it was given and the look failed, it is not known.
 */
export function probedParts(
  resolution: Evidence<Resolution>,
  flaws: readonly ProbedFlaw[],
  told: readonly string[],
): readonly Part[] {
  if (resolution.state === 'denied' || resolution.state === 'unreadable')
    return [unclear('machine/this one', unseen(resolution))];
  return flaws
    .filter(({ name }) => !told.includes(name.fqdn))
    .map(({ name, words, seen, wanted, servers }) =>
      bad(`name/${name.fqdn}`, seen, words, {
        steps: [
          manual(
            `Find what answers for ${name.fqdn} here, a zone linked to this network or a server behind ${servers.join(', ') || "this machine's DNS"}, and give it the address ${wanted.join(', ') || 'that the network interface of the endpoint shows'}: add it before a wrong one is removed.`,
          ),
        ],
        confirm: [`nslookup ${shellWord(name.fqdn)}`],
      }),
    );
}
