import { textOf } from '../engine/describe.ts';
import { filled, hole, type Values } from '../engine/in-cloud.ts';
import type { AnyCheck } from '../model/check.ts';
import type { Command } from '../model/command.ts';
import { parseId } from '../model/ids.ts';
import { isCommand } from '../model/step.ts';

/** The command with the values in place of its placeholders; those without a value stay. */
export const bound = (command: Command, values: Values): Command => filled(command, values) as Command;

/** The placeholders that are still in a text, each once. */
export const holesIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(hole)].map(([, name = '']) => name)),
];

/** What the id of a subnet tells: an endpoint in it is made in the subscription, group and region of its network. */
export function ofSubnet(subnet: string, locationOf: (network: string) => string | null): Values {
  const [, network = '', name = ''] = /^(.*\/virtualNetworks\/[^/]+)\/subnets\/([^/]+)$/i.exec(subnet) ?? [];
  const id = parseId(network);
  if (id === null) return {};
  const location = locationOf(network);
  return {
    'network-id': network,
    'network-name': id.name,
    'network-subscription': id.subscription,
    'network-group': id.resourceGroup,
    subnet: name,
    ...(location === null ? {} : { 'network-location': location }),
  };
}

const subnetHoles = ['network-id', 'network-name', 'network-subscription', 'network-group', 'subnet'];

/** The question whose answer fills a placeholder. */
export const questionFor = (name: string): { readonly id: string; readonly ask: string } =>
  subnetHoles.includes(name)
    ? { id: 'subnet-id', ask: 'id of the subnet in which the private endpoint is made' }
    : { id: name, ask: asks[name] ?? `which ${name.replaceAll('-', ' ')}` };

const asks: Values = {
  'workspace-id': 'id of the Log Analytics workspace that takes the logs',
  'network-location': 'region of the network of the private endpoint',
  region: 'region of the second replica',
  'address-range': 'address or range from which the public endpoint is still needed',
  recovery:
    'retention or soft-delete: retention removes untagged images for good; soft delete brings deleted ones back, and allows no second region, no cache rule and no retention',
};

/** What the evidence itself tells of a registry: no answer changes it. */
const told = ['registry', 'registry-id', 'registry-suffix', 'login-server', 'group', 'subscription', 'location'];

/** Every question that a plan by these checks may ask. */
export const questionIds = (checks: readonly AnyCheck[]): readonly string[] =>
  [
    ...new Set([
      ...Object.keys(asks),
      ...checks
        .flatMap(({ fix }) => fix.steps.filter(isCommand).flatMap((step) => holesIn(textOf(step))))
        .map((name) => questionFor(name).id),
    ]),
  ].filter((id) => !told.includes(id));

/** The question of an answer, and the registry that it is for; `null`: for all. A question has no dot in its name. */
export function questionOf(key: string): { readonly registry: string | null; readonly id: string } {
  const dot = key.lastIndexOf('.');
  return { registry: dot < 0 ? null : key.slice(0, dot), id: key.slice(dot + 1) };
}

/** The answers that hold for one registry or subscription: its own, then those for all. */
export function answersFor(name: string, answers: Values): Values {
  const given = Object.entries(answers).map(([key, value]) => ({ ...questionOf(key), value }));
  const of = (chosen: typeof given): Values => Object.fromEntries(chosen.map(({ id, value }) => [id, value]));
  return {
    ...of(given.filter(({ registry }) => registry === null)),
    ...of(given.filter(({ registry }) => registry?.toLowerCase() === name.toLowerCase())),
  };
}
