/**
 * The words of one command that this tool printed: single quotes, double quotes and backslashes taken off. It holds no
 * operator, no variable and no comment: `printable` quotes every value.
 */
export const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs)].map(([word]) =>
    word.replaceAll(
      /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs,
      (_, single?: string, double?: string, bare?: string) =>
        single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? bare ?? '',
    ),
  );
