/** What a built-in definition flags of what a check fails. */
interface BuiltIn {
  readonly id: string;
  readonly name: string;
  /** Where it flags something else than the check; null: the same, and nothing of ours is needed. */
  readonly differs: string | null;
}

/** The built-in definitions of Azure/azure-policy f4a50bac (29 April 2026), folder "Container Registry", by check. */
const builtIns: Readonly<Record<string, BuiltIn>> = {
  'admin-user-disabled': {
    id: 'dc921057-6b28-4fbe-9b83-f7bec05db6c2',
    name: 'Container registries should have local admin account disabled.',
    differs: null,
  },
  'anonymous-pull-disabled': {
    id: '9f2dea28-e834-476c-99c5-3507b4728395',
    name: 'Container registries should have anonymous authentication disabled.',
    differs: null,
  },
  'arm-audience-tokens': {
    id: '42781ec6-6127-4c30-bdfa-fb423a0047d3',
    name: 'Container registries should have ARM audience token authentication disabled.',
    differs: null,
  },
  'unlisted-networks-refused': {
    id: 'd0793b48-0edc-4296-a390-4c75d1bdfd71',
    name: 'Container registries should not allow unrestricted network access',
    differs: null,
  },
  'premium-sku': {
    id: 'bd560fc0-3c69-498a-ae9f-aa8eb7de0e13',
    name: 'Container registries should have SKUs that support Private Links',
    differs: null,
  },
  'public-network-access-disabled': {
    id: '0fdf0491-d080-4575-b627-ad0e843cba0f',
    name: 'Public network access should be disabled for Container registries',
    differs: 'it flags Basic and Standard too, which have no such switch',
  },
  'export-disabled': {
    id: '524b0254-c285-4903-bee6-bb8126cde579',
    name: 'Container registries should have exports disabled',
    differs: 'it flags Basic and Standard too, and every registry with public access',
  },
  'customer-managed-key': {
    id: '5b9159ae-1701-4a6f-9a7a-aa9c8ddd0580',
    name: 'Container registries should be encrypted with a customer-managed key',
    differs: 'it flags Basic and Standard too, which cannot have one',
  },
};

export const builtInOf = (check: string): BuiltIn | null =>
  Object.hasOwn(builtIns, check) ? (builtIns[check] ?? null) : null;
