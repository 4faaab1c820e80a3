import { isRange } from '../facts/path/cidr.ts';
import { zones } from '../facts/posture/region-zones.ts';

/** Values that an answer may have, or what one looks like. */
interface Form {
  /** `a subnet`. */
  readonly is: string;
  readonly example: string;
  readonly fits: (value: string) => boolean;
  /** All there are, or all that are known. */
  readonly among?: readonly string[];
}

const idOf = (type: string, below = ''): Pick<Form, 'example' | 'fits'> => {
  const part = (text: string) => text.replaceAll('.', '\\.').replaceAll(/<\w+>/g, '[^/\\s]+');
  const example = `/subscriptions/<id>/resourceGroups/<group>/providers/${type}/<name>${below}`;
  const whole = new RegExp(`^${part(example)}$`, 'i');
  return { example, fits: (value) => whole.test(value) };
};

const range: Form = { is: 'an IPv4 address or range', example: '203.0.113.7 or 203.0.113.0/24', fits: isRange };
const region: Form = {
  is: 'the name of a region',
  example: 'westeurope',
  fits: (value) => /^[a-z]+\d*$/.test(value),
  among: Object.keys(zones),
};

const forms: Readonly<Record<string, Form>> = {
  recovery: {
    is: 'one of retention, soft-delete',
    example: 'retention',
    fits: (value) => ['retention', 'soft-delete'].includes(value),
    among: ['retention', 'soft-delete'],
  },
  'subnet-id': { is: 'the id of a subnet', ...idOf('Microsoft.Network/virtualNetworks', '/subnets/<subnet>') },
  'workspace-id': { is: 'the id of a Log Analytics workspace', ...idOf('Microsoft.OperationalInsights/workspaces') },
  'address-range': range,
  address: range,
  region,
  'network-location': region,
};

const anything: Form = {
  is: 'a value of one line',
  example: 'VALUE',
  fits: (value) => value.trim() !== '' && !/[\p{Cc}<>]/u.test(value),
};

/** What a value should be that is no answer to a question; `null` where it may be one. */
export function unfit(question: string, value: string): Omit<Form, 'fits'> | null {
  const form = forms[question] ?? anything;
  return form.fits(value) ? null : form;
}

/** The values that are known for a question: one that is like one of them, and none of them, is a slip. */
export const knownValues = (question: string): readonly string[] => forms[question]?.among ?? [];
