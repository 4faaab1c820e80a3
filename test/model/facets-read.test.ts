import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
// The project's own compiler has no API; this is the one that the schemas are made with.
import ts from '../../node_modules/ts-json-schema-generator/node_modules/typescript/lib/typescript.js';
import { root } from '../../src/dev/files.ts';
import { segments } from '../../src/model/pointer.ts';

/** Where facets are read: those who collect, emulate and describe them are no readers. */
const readers = ['checks', 'src/commands', 'src/engine', 'src/explain', 'src/facts', 'src/plan', 'src/cli/coverage.ts'];

/** What nothing reads, and why it is kept. */
const kept: Readonly<Record<string, string>> = {
  id: 'by it a person finds the thing again',
  'Signature.digest': 'by it a person finds the signature again',
  'AppConsumer.location': 'nothing asks yet how near a replica is to an app',
};

const files = ts.sys
  .readDirectory(root, ['.ts'], undefined, [
    ...readers.map((one) => (one.endsWith('.ts') ? one : `${one}/**/*`)),
    'src/model/facets.ts',
  ])
  .map((file) => file.replaceAll('\\', '/'));
const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
const program = ts.createProgram(files, ts.parseJsonConfigFileContent(config, ts.sys, root).options);
const checker = program.getTypeChecker();

const isOfFacets = ({ fileName }: ts.SourceFile): boolean => fileName.includes('/src/model/facets/');
const isReader = ({ fileName, isDeclarationFile }: ts.SourceFile): boolean =>
  !isDeclarationFile && readers.some((one) => fileName.startsWith(`${root}${one}`));

/** Every property of the types of facets, with the name by which it is told. */
const properties = new Map<ts.Node, string>();
for (const file of program.getSourceFiles().filter(isOfFacets)) {
  const visit = (node: ts.Node, type: string): void => {
    const owner = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) ? node.name.text : type;
    if (ts.isPropertySignature(node)) properties.set(node, `${owner}.${node.name.getText()}`);
    node.forEachChild((child) => visit(child, owner));
  };
  visit(file, '');
}

const unread = new Set(properties.keys());
/** How many unread properties have a name: where there is none, no type need be asked. */
const open = new Map<string, number>();
const count = (node: ts.Node, by: 1 | -1): void => {
  if (ts.isPropertySignature(node)) open.set(node.name.getText(), (open.get(node.name.getText()) ?? 0) + by);
};
for (const one of unread) count(one, 1);

function markRead(symbol: ts.Symbol | undefined): void {
  for (const one of symbol?.declarations ?? []) if (unread.delete(one)) count(one, -1);
}

const isOpen = (name: string): boolean => (open.get(name) ?? 0) > 0;

/** Reads as `value.name`, as `value[name]`, or as `{ name }` of a pattern. */
function visitReads(node: ts.Node): void {
  if (ts.isElementAccessExpression(node)) {
    const names = checker.getTypeAtLocation(node.argumentExpression);
    for (const name of names.isUnion() ? names.types : [names])
      if (name.isStringLiteral() && isOpen(name.value))
        markRead(checker.getTypeAtLocation(node.expression).getProperty(name.value));
  }
  if (ts.isPropertyAccessExpression(node) && isOpen(node.name.text)) markRead(checker.getSymbolAtLocation(node.name));
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent) && !node.dotDotDotToken) {
    const name = node.propertyName ?? node.name;
    if (ts.isIdentifier(name) && isOpen(name.text)) {
      const type = checker.getTypeAtLocation(node.parent);
      for (const one of type.isUnion() ? type.types : [type]) markRead(one.getProperty(name.text));
    }
  }
  node.forEachChild(visitReads);
}
for (const file of program.getSourceFiles().filter(isReader)) visitReads(file);

/** A check that is one property reads it by its pointer. */
const ofFacets = program.getSourceFile(`${root}src/model/facets.ts`);
const all = ofFacets && checker.getSymbolAtLocation(ofFacets)?.exports?.get('Facets' as ts.__String);
for (const { rule } of checks) {
  let type = all && checker.getDeclaredTypeOfSymbol(all);
  for (const name of rule ? segments(rule.at) : []) {
    const property = type && checker.getNonNullableType(type).getProperty(name);
    markRead(property);
    type = property && checker.getTypeOfSymbol(property);
  }
}

test('every property of a facet has a reader', () => {
  expect(properties.size).toBeGreaterThan(300);
  const found = [...unread].flatMap((one) => properties.get(one) ?? []);
  expect(found.filter((name) => !(name in kept) && !((name.split('.')[1] ?? '') in kept)).sort()).toEqual([]);
  const named = Object.keys(kept).filter((name) => name.includes('.'));
  expect(
    named.filter((name) => !found.includes(name)),
    'read now: take it out',
  ).toEqual([]);
});
