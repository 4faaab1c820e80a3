import { rights } from '../facts/access/rights.ts';
import { type AnyCheck, type OptionSpec, type Options, severities } from '../model/check.ts';
import type { Schema } from './json-schema.ts';

/** The schema of the configuration, as these checks have it: their ids, their options and the bounds of these. */
export function configSchema(base: Schema, checks: readonly AnyCheck[]): Schema {
  const id: Schema = { type: 'string', enum: checks.map((check) => check.id) };
  const bySeverity: Schema = { type: 'string', enum: severities };
  const taking = checks.filter((check) => check.options !== undefined);
  return {
    ...base,
    properties: {
      ...base.properties,
      severity: only(Object.fromEntries(checks.map((check) => [check.id, bySeverity]))),
      options: only(Object.fromEntries(taking.map((check) => [check.id, optionsSchema(check.options)]))),
    },
    definitions: {
      ...base.definitions,
      Skip: withProperty(base, 'Skip', 'check', id),
      WaiverRule: withProperty(base, 'WaiverRule', 'check', id),
      Purpose: withProperty(base, 'Purpose', 'rights', { type: 'array', items: { type: 'string', enum: rights } }),
    },
  };
}

const only = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties,
  additionalProperties: false,
});

const optionsSchema = (options: Options): Schema =>
  only(Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, optionSchema(spec)])));

function optionSchema(spec: OptionSpec): Schema {
  switch (spec.kind) {
    case 'number':
      return { type: 'number', minimum: spec.least, maximum: spec.most };
    case 'list':
      return { type: 'array', items: { type: 'string' } };
    case 'pattern':
      return { type: 'string', format: 'regex' };
    case 'choice':
      return { type: 'string', enum: spec.of };
  }
}

function withProperty({ definitions = {} }: Schema, name: string, property: string, schema: Schema): Schema {
  const definition = definitions[name];
  if (!definition?.properties?.[property]) throw new Error(`the configuration's ${name} has no ${property}`);
  return { ...definition, properties: { ...definition.properties, [property]: schema } };
}
