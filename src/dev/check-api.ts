import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './files.ts';

/** A name of the check API: `verdict.pass`, and what it is for. */
export interface ApiName {
  readonly name: string;
  readonly doc: string;
}

/** Every name of the check API, those of its namespaces included, with the doc line at its declaration. */
export const checkApi = (file = 'src/check.ts', prefix = ''): ApiName[] =>
  exportsOf(file).flatMap(({ name, of, from }) => {
    if (of === '*') return [{ name, doc: headOf(from) }, ...checkApi(from, `${name}.`)];
    return [{ name: `${prefix}${name}`, doc: docOf(of, from) }];
  });

/** The names as docs/writing-a-check.md lists them. */
export const checkApiTable = (): string =>
  ['| name | what for |', '|---|---|', ...checkApi().map(({ name, doc }) => `| \`${name}\` | ${doc} |`)].join('\n');

interface Export {
  readonly name: string;
  /** The name where it is declared; `*` for a namespace. */
  readonly of: string;
  readonly from: string;
}

function exportsOf(file: string): Export[] {
  const text = readFileSync(`${root}${file}`, 'utf8');
  const path = (from: string) => relative(root, join(root, dirname(file), from));
  return [...text.matchAll(/^export (?:\* as (\w+)|(?:type )?\{([^}]*)\}) from '([^']+)';$/gm)].flatMap(
    ([, namespace, list = '', from = '']) =>
      namespace === undefined
        ? list
            .split(',')
            .map((one) => one.trim().replace(/^type /, ''))
            .filter((one) => one !== '')
            .map((one) => {
              const [of = '', name = of] = one.split(' as ');
              return { name, of, from: path(from) };
            })
        : [{ name: namespace, of: '*', from: path(from) }],
  );
}

/** The comment that a file begins with. */
const headOf = (file: string): string => firstOf(/^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(`${root}${file}`, 'utf8')));

/** The doc comment right above a declaration; empty where there is none, or where the file only hands it on. */
function docOf(name: string, file: string): string {
  if (!existsSync(`${root}${file}`)) return '';
  const declared = new RegExp(
    `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export (?:async )?(?:const|function|type|interface) ${name}\\b`,
  );
  return firstOf(declared.exec(readFileSync(`${root}${file}`, 'utf8')));
}

const firstOf = (comment: RegExpExecArray | null): string =>
  (comment?.[1] ?? '')
    .replaceAll(/^\s*\*? ?/gm, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
