declare const unrecognised: unique symbol;

/** A member of an enum that our model does not know. The field keeps the string ARM sent. */
export type Unrecognised = string & { readonly [unrecognised]: true };

/** An enum as ARM may send it: the members we know, or whatever Azure invented since. */
export type Open<T extends string> = T | Unrecognised;

/**
 * The enum members we know, by the name parsers and types use for them. ARM mixes the casing of enums within
 * one body, so the parser gives a known member this spelling and keeps anything else as it came.
 */
export const known = {
  sku: ['Basic', 'Standard', 'Premium'],
  enabledDisabled: ['Enabled', 'Disabled'],
  policyStatus: ['enabled', 'disabled'],
  defaultAction: ['Allow', 'Deny'],
  networkRuleBypassOptions: ['AzureServices', 'None'],
  roleAssignmentMode: ['LegacyRegistryPermissions', 'AbacRepositoryPermissions'],
  connectionStatus: ['Approved', 'Pending', 'Rejected', 'Disconnected'],
  provisioningState: ['Succeeded', 'Creating', 'Updating', 'Deleting', 'Failed', 'Canceled'],
  resolutionPolicy: ['Default', 'NxDomainRedirect'],
  linkState: ['Completed', 'InProgress'],
  runStatus: ['Queued', 'Started', 'Running', 'Succeeded', 'Failed', 'Canceled', 'Error', 'Timeout'],
  pricingTier: ['Free', 'Standard'],
  activation: ['Active', 'Inactive'],
  connectionState: ['Online', 'Offline', 'Syncing', 'Unhealthy'],
  credentialHealth: ['Healthy', 'Unhealthy'],
  principalType: ['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device'],
  denyEffect: ['Enforced', 'Audit'],
  lockLevel: ['CanNotDelete', 'ReadOnly'],
} as const;

export type KnownEnum = keyof typeof known;
export type Member<E extends KnownEnum> = (typeof known)[E][number];
export type OpenEnum<E extends KnownEnum> = Open<Member<E>>;

/** Gives a member we know our spelling, whatever case ARM used; anything else is kept as it came. */
export function asMember<E extends KnownEnum>(name: E, raw: string): OpenEnum<E> {
  const members: readonly string[] = known[name];
  const found = members.find((member) => member.toLowerCase() === raw.toLowerCase());
  return (found ?? raw) as OpenEnum<E>;
}
