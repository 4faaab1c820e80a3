import type { AnyCheck } from '../model/check.ts';
import { builtInOf } from './built-ins.ts';
import { asWritten, type Condition, propertiesOf } from './condition.ts';
import { flaggedBy, formOf } from './forms.ts';

/** JSON as Azure Policy reads it. */
type Json = { readonly [key: string]: unknown };

const effects = { allowedValues: ['Audit', 'Deny', 'Disabled'], defaultValue: 'Audit' } as const;
const registries = 'Microsoft.ContainerRegistry/registries';

/** What a policy can say of a check: what is flagged, in the words of Azure Policy; null where it cannot. */
function flagged(check: AnyCheck): Condition | null {
  const form = formOf(check);
  if (form === null) return null;
  const condition = asWritten(flaggedBy(form));
  return propertiesOf(condition).every(({ field }) => field !== null) ? condition : null;
}

/** How a check gets into the initiative: by the built-in definition, by one of ours, or not. */
export function policyOf(check: AnyCheck): 'built-in' | 'custom' | null {
  if (builtInOf(check.id)?.differs === null) return 'built-in';
  return flagged(check) === null ? null : 'custom';
}

/** A condition in the language of policies. Booleans are words there: the published schema knows no others. */
function written(condition: Condition): Json {
  switch (condition.kind) {
    case 'all':
      return { allOf: condition.of.map(written) };
    case 'any':
      return { anyOf: condition.of.map(written) };
    case 'not':
      return { not: written(condition.of) };
    case 'exists':
      return { field: condition.property.field, exists: 'true' };
    case 'above':
      return { field: condition.property.field, greater: condition.value };
    case 'in': {
      const [first, ...others] = condition.values.map((one) => (typeof one === 'boolean' ? String(one) : one));
      return {
        field: condition.property.field,
        ...(others.length > 0 ? { in: [first, ...others] } : { equals: first }),
      };
    }
  }
}

/** The rule of our own definition of a check; null where it has none. */
export function policyRuleOf(check: AnyCheck): Json | null {
  const condition = policyOf(check) === 'custom' ? flagged(check) : null;
  return (
    condition && {
      if: { allOf: [{ field: 'type', equals: registries }, written(condition)] },
      // biome-ignore lint/suspicious/noThenProperty: it is what Azure Policy calls it
      then: { effect: "[parameters('effect')]" },
    }
  );
}

const effectParameter = (check: AnyCheck) => ({
  type: 'String',
  ...effects,
  metadata: { displayName: `Effect of ${check.id}`, description: check.title },
});

const nameOf = (check: AnyCheck) => `acr-audit-${check.id}`;

function describe(check: AnyCheck): string {
  const builtIn = builtInOf(check.id);
  const beside = builtIn ? ` The built-in definition ${builtIn.id} looks at the same; ${builtIn.differs}.` : '';
  return `${check.problem}. A property that is left out counts as Azure's default: what Azure Policy calls compliant may be unknown to acr-audit.${beside}`;
}

/** One of our own definitions, as the body of a resource. */
const definitionOf = (check: AnyCheck): Json => ({
  displayName: check.title,
  description: describe(check),
  policyType: 'Custom',
  mode: 'Indexed',
  metadata: {
    category: 'Container Registry',
    check: check.id,
    severity: check.severity,
    builtIn: builtInOf(check.id)?.id ?? null,
  },
  parameters: { effect: effectParameter(check) },
  policyRule: policyRuleOf(check),
});

const custom = (name: string): string =>
  `[extensionResourceId(managementGroup().id, 'Microsoft.Authorization/policyDefinitions', '${name}')]`;

/** In a template a text that begins with a bracket is an expression of the template; two brackets are one of the policy. */
const escaped = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'string' && one.startsWith('[') ? `[${one}` : one)));

/**
 * The initiative with the definitions of ours that it needs, as a template of a management group: what built-in
 * definitions flag alike is left to them.
 */
export function azurePolicy(checks: readonly AnyCheck[], version: string): string {
  const ours = checks.filter((check) => policyOf(check) === 'custom');
  const members = checks.filter((check) => policyOf(check) !== null);
  const definitions = ours.map((check) => ({
    type: 'Microsoft.Authorization/policyDefinitions',
    apiVersion: '2023-04-01',
    name: nameOf(check),
    properties: escaped(definitionOf(check)),
  }));
  const initiative = {
    type: 'Microsoft.Authorization/policySetDefinitions',
    apiVersion: '2023-04-01',
    name: 'acr-audit',
    dependsOn: ours.map((check) => custom(nameOf(check))),
    properties: {
      displayName: 'Container registries are hardened (acr-audit)',
      description:
        'What Azure Policy can express of the checks of acr-audit. Each has an effect of its own: Audit, Deny or Disabled.',
      policyType: 'Custom',
      metadata: { category: 'Container Registry', version, generatedBy: `acr-audit ${version}` },
      parameters: Object.fromEntries(members.map((check) => [check.id, effectParameter(check)])),
      policyDefinitions: members.map((check) => ({
        policyDefinitionReferenceId: check.id,
        policyDefinitionId:
          policyOf(check) === 'custom'
            ? custom(nameOf(check))
            : `/providers/Microsoft.Authorization/policyDefinitions/${builtInOf(check.id)?.id}`,
        parameters: { effect: { value: `[[parameters('${check.id}')]` } },
      })),
    },
  };
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-08-01/managementGroupDeploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [...definitions, initiative],
    outputs: {
      initiative: {
        type: 'string',
        value:
          "[extensionResourceId(managementGroup().id, 'Microsoft.Authorization/policySetDefinitions', 'acr-audit')]",
      },
    },
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}
