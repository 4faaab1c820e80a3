import type { AnyCheck } from '../model/check.ts';
import { type Condition, propertiesOf } from './condition.ts';
import { type Form, formOf } from './forms.ts';
import type { Property } from './properties.ts';
import { signals } from './signals.ts';

/** A query, and the name of its file. */
export interface KqlQuery {
  readonly name: string;
  readonly text: string;
}

const word = (value: unknown): string => `'${String(value)}'`;

/** A condition in Kusto. Every comparison of an absent property is false, as `tostring` of nothing is an empty text. */
function written(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.length === 1 && condition.of[0]
        ? written(condition.of[0])
        : `(${condition.of.map(written).join(condition.kind === 'all' ? ' and ' : ' or ')})`;
    case 'not':
      return `not(${written(condition.of)})`;
    case 'exists':
      return `isnotempty(tostring(${condition.property.arm}))`;
    case 'above':
      return `(isnotempty(tostring(${condition.property.arm})) and toint(${condition.property.arm}) > ${condition.value})`;
    case 'in': {
      const values = condition.values.map(word);
      const seen = `tostring(${condition.property.arm})`;
      return values.length === 1 ? `${seen} =~ ${values[0]}` : `${seen} in~ (${values.join(', ')})`;
    }
  }
}

/** Each in a column of its own, so that who reads the row sees why. */
const column = ({ arm }: Property): string => `${arm.split('.').slice(-2).join('_')} = tostring(${arm})`;

function queryOf({ id, severity, title }: AnyCheck, { besides, fails, passes }: Form): string {
  const seen = [...new Set([...propertiesOf(fails), ...propertiesOf(passes)])].filter(({ arm }) => arm !== 'location');
  return `// ${id} (${severity}): ${title}
// Azure Resource Graph. A registry whose row does not tell is unknown, never a pass.
resources
| where type =~ 'microsoft.containerregistry/registries'
| extend verdict = case(
${besides === null ? '' : `    ${written(besides)}, 'not-applicable',\n`}    ${written(fails)}, 'fail',
    ${written(passes)}, 'pass',
    'unknown')
| where verdict in ('fail', 'unknown')
| project ${['id', 'name', 'resourceGroup', 'subscriptionId', 'location', 'verdict', ...seen.map(column)].join(', ')}
| order by id asc
`;
}

/** The queries of the checks that have conditions, then the signals to raise an alert by. */
export const kqlQueries = (checks: readonly AnyCheck[]): readonly KqlQuery[] => [
  ...checks.flatMap((check) => {
    const form = formOf(check);
    return form === null ? [] : [{ name: check.id, text: queryOf(check, form) }];
  }),
  ...signals
    .filter(({ check }) => checks.some(({ id }) => id === check))
    .map(({ name, title, runsIn, text }) => ({ name, text: `// ${title}\n// ${runsIn}.\n${text}\n` })),
];
