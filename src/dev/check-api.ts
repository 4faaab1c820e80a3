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
  return [...text.matchAll(/^export (?:\* as (\w+)|(?:type )?\{([^}]*)\}) from '([^']+)';$/gm)].flatMap(
    ([, namespace, list = '', from = '']) =>
      namespace === undefined
        ? list
            .split(',')
            .map((one) => one.trim().replace(/^type /, ''))
            .filter((one) => one !== '')
            .map((one) => {
              const [of = '', name = of] = one.split(' as ');
              return { name, of, from: besides(file, from) };
            })
        : [{ name: namespace, of: '*', from: besides(file, from) }],
  );
}

/** The comment that a file begins with. */
const headOf = (file: string): string => firstOf(/^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(`${root}${file}`, 'utf8')));

/** The doc comment right above a declaration, in the file that declares it; empty where there is none. */
function docOf(name: string, file: string): string {
  if (!existsSync(`${root}${file}`)) return '';
  const declared = new RegExp(
    `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export (?:async )?(?:const|function|type|interface) ${name}\\b`,
  );
  const text = readFileSync(`${root}${file}`, 'utf8');
  return (
    firstOf(declared.exec(text)) ||
    (handedOn(text, name)
      .map((from) => docOf(name, besides(file, from)))
      .find((doc) => doc !== '') ??
      '')
  );
}

/** The files from which a file hands on a name that it does not declare. */
const handedOn = (text: string, name: string): readonly string[] =>
  [...text.matchAll(/^export (?:\*|(?:type )?\{([^}]*)\}) from '([^']+)';$/gm)]
    .filter(([, list]) => list === undefined || new RegExp(`\\b${name}\\b`).test(list))
    .map(([, , from = '']) => from);

const besides = (file: string, from: string): string => relative(root, join(root, dirname(file), from));

const firstOf = (comment: RegExpExecArray | null): string =>
  (comment?.[1] ?? '')
    .replaceAll(/^\s*\*? ?/gm, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
