import { shellText } from '../../model/shell.ts';
import { betterAgo } from './ago.ts';
import { corrected, pinnedImage } from './danger.ts';
import { type Group, groupsOf } from './filter-groups.ts';
import { purgesInShell } from './find-purges.ts';
import { type Budget, budgetOf } from './pattern-match.ts';
import type { PurgeCommand } from './purge-command.ts';
import { readPurge } from './purge-reading.ts';
import { needsGroup, takesMore, withoutThose } from './tag-dangers.ts';

/**
 * The nearest command that does what seems meant: pinned, its names grouped, latest and signatures left out, something
 * kept, an age in whole days. `null` where the same reading still finds a danger in it, or nothing to mend.
 */
export function betterCommand(command: PurgeCommand, budget: Budget = budgetOf()): string | null {
  const groups = groupsOf(command, budget);
  if (command.open.length > 0 || [...command.filters, command.ago].some((said) => said?.open)) return null;
  if (groups.length === 0 && !command.untaggedOnly) return null;
  const ago = command.ago?.text ?? '';
  const text = corrected(command, {
    image: pinnedImage,
    filters: groups.map((group) => `${repositoryOf(command, group)}:${tagsOf(group)}`),
    ago: ago === '' && command.untaggedOnly ? '7d' : betterAgo(ago),
    keep: command.keep || (command.untaggedOnly ? 0 : 5),
  });
  const [better] = purgesInShell(text) ?? [];
  if (!better) return null;
  const { dangers, fate } = readPurge(better.command, { scheduled: true, abac: () => false }, budget);
  return dangers.length === 0 && fate.deletes === 'yes' ? text : null;
}

const repositoryOf = (command: PurgeCommand, { repository }: Group): string =>
  needsGroup(command, repository) ? `(${repository})` : repository.replace(/^[\w-]+\.azurecr\.[a-z]+\//, '');

const tagsOf = (group: Group): string => {
  const source = group.sources.join('|');
  return takesMore(group) ? withoutThose(source) : source;
};

/**
 * A command as a dry run, in one word that a shell takes for `--cmd`. The single quotes stand outside, where no shell looks
 * for a `!` or a `$`; those within become double ones where they say the same.
 */
export function trialWord(command: string): string {
  const dry = `${command} --dry-run`;
  const plain = !/["\\`]|\$[\w({]/.test(dry);
  return `'${shellText(plain ? dry.replaceAll("'", '"') : dry, "'")}'`;
}
