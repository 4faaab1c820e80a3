/** The part of JSON Schema (draft 7) that our own schemas are written in. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** What is wrong with a value, where, and the part of the schema that says so. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly keyword: 'type' | 'value' | 'format' | 'pattern' | 'bounds' | 'absent' | 'surplus';
  /** The property that is missing, or one too many. */
  readonly name?: string;
  readonly schema: Schema;
}

type Test = (value: unknown) => Fault | null;

/** A validator of a schema: the first fault, or null. */
export const validator = (root: Schema): Test => partValidators(root)(root);

/** Validators of the parts of a schema, made ready when a value first needs them. */
export function partValidators(root: Schema): (part: Schema) => Test {
  const made = new Map<Schema, Test>();
  const testOf = (schema: Schema): Test => {
    if (schema.$ref !== undefined) return testOf(definitionOf(root, schema.$ref));
    const before = made.get(schema);
    if (before) return before;
    const test = testFor(schema, testOf);
    made.set(schema, test);
    return test;
  };
  return testOf;
}

function definitionOf(root: Schema, ref: string): Schema {
  const found = root.definitions?.[ref.replace('#/definitions/', '')];
  if (!found) throw new Error(`the schema has no ${ref}`);
  return found;
}

function testFor(schema: Schema, testOf: (schema: Schema) => Test): Test {
  const { anyOf, enum: values } = schema;
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  const fault = (keyword: Fault['keyword']): Fault => ({ path: [], keyword, schema });
  return (value) => {
    if (types && !types.some((type) => isOf(type, value))) return fault('type');
    if ('const' in schema && value !== schema.const) return fault('value');
    if (values && !values.includes(value)) return fault('value');
    if (anyOf) return anyOfIn(anyOf, value, testOf);
    if (typeof value === 'string') return textFault(schema, value);
    if (typeof value === 'number') return isWithin(schema, value) ? null : fault('bounds');
    if (Array.isArray(value)) return schema.items ? itemFault(testOf(schema.items), value) : null;
    return isObject(value) ? objectFault(schema, value, testOf) : null;
  };
}

/** No number is within any bounds where it is none: YAML has `.nan`. */
const isWithin = ({ minimum = -Infinity, maximum = Infinity }: Schema, value: number): boolean =>
  value >= minimum && value <= maximum;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** Of several forms none fits: what the form that was followed furthest says is wrong. */
function anyOfIn(forms: readonly Schema[], value: unknown, testOf: (schema: Schema) => Test): Fault | null {
  let nearest: Fault | null = null;
  for (const form of forms) {
    const found = testOf(form)(value);
    if (found === null) return null;
    if (nearest === null || depth(found) > depth(nearest)) nearest = found;
  }
  return nearest;
}

/** A form whose constant (a kind, a state) is another is no form that was followed. */
const depth = ({ path, keyword, schema }: Fault): number =>
  keyword === 'value' && 'const' in schema ? path.length - 1.5 : path.length;

function textFault(schema: Schema, text: string): Fault | null {
  const fault = (keyword: Fault['keyword']): Fault => ({ path: [], keyword, schema });
  if (schema.minLength !== undefined && text.length < schema.minLength) return fault('bounds');
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(text)) return fault('pattern');
  const hasForm = schema.format === undefined ? undefined : forms[schema.format];
  return hasForm && !hasForm(text) ? fault('format') : null;
}

const forms: Readonly<Record<string, ((text: string) => boolean) | undefined>> = {
  'date-time': isInstant,
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && dayOf(text) === text,
  regex: isPattern,
};

/** Ahead of a day that is none (30 February) there is another. */
function dayOf(text: string): string | null {
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A leap second is well written, but no instant can be made of it. */
function isInstant(text: string): boolean {
  return dateTime.test(text) && !Number.isNaN(Date.parse(text));
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

function itemFault(test: Test, items: readonly unknown[]): Fault | null {
  for (const [index, item] of items.entries()) {
    const found = test(item);
    if (found) return { ...found, path: [index, ...found.path] };
  }
  return null;
}

function objectFault(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  testOf: (schema: Schema) => Test,
): Fault | null {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  for (const name of Object.keys(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (known === false) return { path: [], keyword: 'surplus', name, schema };
    if (known === true || known === undefined) continue;
    const found = testOf(known)(value[name]);
    if (found) return { ...found, path: [name, ...found.path] };
  }
  const absent = required.find((name) => !Object.hasOwn(value, name));
  return absent === undefined ? null : { path: [], keyword: 'absent', name: absent, schema };
}
