import { parseId } from '../model/ids.ts';
import { shellWord } from '../model/shell.ts';

/** Quoted where a shell would trip over it, but for the placeholders, which are quoted when they are filled in. */
export const word = (text: string): string =>
  text.replaceAll(/<[\w-]+>|[^<>]+|[<>]/g, (part) => (/^<[\w-]+>$/.test(part) ? part : shellWord(part)));

/** Where the resource is, for az; a placeholder is left for the report or the reader to fill in. */
export const flags = (id: string): string => {
  const { subscription = '<subscription>', resourceGroup = '<group>' } = parseId(id) ?? {};
  return `--subscription ${word(subscription)} --resource-group ${word(resourceGroup)}`;
};

/** A query and the format in which its answer can be compared. */
export const asking = (query: string): string => `--query ${word(query)} --output tsv`;

/** A text in a JMESPath query. */
export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
