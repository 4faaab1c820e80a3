import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createContext, Script } from 'node:vm';

interface Diagnostics {
  readonly Count: number;
  getItem(index: number): { readonly Message: string; readonly Severity: string };
}

interface Kusto {
  readonly Language: {
    readonly KustoCode: {
      Parse(text: string): { GetDiagnostics(): Diagnostics; GetSyntaxDiagnostics?(): Diagnostics };
    };
  };
}

/**
 * Microsoft's own parser of Kusto, C# made into a script of browsers by Bridge.NET: it gets a context with the few things
 * of a browser that it asks for.
 */
export function kusto(): (text: string) => readonly string[] {
  const context = createContext({ addEventListener: () => {}, document: { readyState: 'complete' } });
  context['window'] = context;
  context['self'] = context;
  const { resolve } = createRequire(import.meta.url);
  for (const name of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
    const path = resolve(`@kusto/language-service-next/${name}`);
    new Script(readFileSync(path, 'utf8'), { filename: name }).runInContext(context, { displayErrors: false });
  }
  const { Language } = context['Kusto'] as Kusto;
  return (text) => {
    const found = Language.KustoCode.Parse(text).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, index) => found.getItem(index).Message);
  };
}
