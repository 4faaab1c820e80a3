import type { Flaw, WayIn } from '../facts/access/federation.ts';
import { lastPart, parseId } from '../model/ids.ts';
import { shellWord } from '../model/shell.ts';
import type { Step } from '../model/step.ts';
import { manual } from './manual.ts';
import { federatedCredentialDelete } from './roles.ts';

/** The exact credential beside the flawed one, then the pipeline, then the flawed one away. */
export function exactInstead({ credential, identity, about }: WayIn, flaws: readonly Flaw[]): readonly Step[] {
  if (flaws.every(({ kind }) => kind === 'audience'))
    return [
      manual(
        `Find out which client logs in by ${about}: its audience may be the one in use. Add a credential with the audience of this cloud, move the client, and only then delete this one.`,
      ),
    ];
  return [
    manual(
      `Beside ${about}, add to identity ${identity.name} one credential for each branch, tag or environment that pushes, with the subject that its run sends (the run prints it; GitHub's immutable form carries ids). Build pull requests with another identity, which only pulls.`,
    ),
    manual(`Move the pipeline to the new credential and prove that it pushes, before the next command ends ${about}.`),
    federatedCredentialDelete(credential.id),
  ];
}

/** Both forms side by side, then the repository, then the form by name away. */
export const immutableInstead = ({ credential, about }: WayIn): readonly Step[] => [
  manual(
    `Beside ${about}, add a credential whose subject is the one that the repository sends in GitHub's immutable form, with the ids of the organisation and the repository.`,
  ),
  manual('Switch the repository to the immutable form, and prove that it still logs in.'),
  federatedCredentialDelete(credential.id),
];

/** Lists the credentials of one identity. */
export function listCredentials(identityId: string): string {
  const { subscription = '', resourceGroup = '' } = parseId(identityId) ?? {};
  return `az identity federated-credential list --identity-name ${shellWord(lastPart(identityId))} --resource-group ${shellWord(resourceGroup)} --subscription ${shellWord(subscription)} --query "[].[name, issuer, subject, audiences]"`;
}
