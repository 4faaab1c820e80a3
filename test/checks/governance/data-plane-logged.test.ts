import check from '../../../checks/governance/data-plane-logged.ts';
import type { DiagnosticSetting, LogSetting } from '../../../src/model/facets/diagnostic-settings.ts';
import { testCheck } from '../../support.ts';

const workspace = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs';
const logins = { category: 'ContainerRegistryLoginEvents', group: null };
const events = { category: 'ContainerRegistryRepositoryEvents', group: null };
const group = (name: string) => ({ category: null, group: name });
const on = (log: Omit<LogSetting, 'enabled'>): LogSetting => ({ ...log, enabled: true });
const off = (log: Omit<LogSetting, 'enabled'>): LogSetting => ({ ...log, enabled: false });
const setting = (logs: LogSetting[], destinations = [workspace]): DiagnosticSetting => ({
  id: '/setting',
  name: 'setting',
  destinations,
  logs,
});
const to = (setting: number) => `diagnosticSettings/${setting}/destinations/0`;
const at = (setting: number, log: number) => `diagnosticSettings/${setting}/logs/${log}/enabled`;

testCheck(
  check,
  [
    [
      'pass',
      'one setting sends both',
      { diagnosticSettings: [setting([on(logins), on(events)])] },
      { cites: [at(0, 0), at(0, 1), to(0)] },
    ],
    [
      'pass',
      'two settings cover both only together',
      { diagnosticSettings: [setting([on(logins), off(events)]), setting([on(events)])] },
      { cites: [at(0, 0), to(0), at(1, 0), to(1)] },
    ],
    [
      'pass',
      'the group audit holds both',
      { diagnosticSettings: [setting([on(group('audit'))])] },
      { cites: [at(0, 0), to(0)] },
    ],
    [
      'pass',
      'the group allLogs does too',
      { diagnosticSettings: [setting([on(group('allLogs'))])] },
      { cites: [at(0, 0), to(0)] },
    ],
    [
      'pass',
      'one setting sends both, and another could not be read',
      { diagnosticSettings: [setting([on(logins), on(events)])] },
      { unread: ['diagnosticSettings'], cites: [at(0, 0), at(0, 1), to(0)] },
    ],
    [
      'unknown',
      'both are switched off in one, and another could not be read',
      { diagnosticSettings: [setting([off(logins), off(events)])] },
      { unread: ['diagnosticSettings'] },
    ],
    [
      'unknown',
      'one sends a part, and another could not be read',
      { diagnosticSettings: [setting([on(logins)])] },
      { unread: ['diagnosticSettings'] },
    ],
    [
      'fail',
      'there is no setting',
      { diagnosticSettings: [] },
      { cites: ['diagnosticSettings'], fix: '--resource <registry-id>' },
    ],
    [
      'fail',
      'both categories are listed and switched off',
      { diagnosticSettings: [setting([off(logins), off(events)])] },
      { cites: [at(0, 0), at(0, 1)] },
    ],
    [
      'fail',
      'only logins are sent',
      { diagnosticSettings: [setting([on(logins), off(events)])] },
      {
        cites: [at(0, 1)],
        says: 'ContainerRegistryRepositoryEvents is not sent',
        fix: /^az monitor diagnostic-settings update --name setting .*LoginEvents.*RepositoryEvents/,
      },
    ],
    [
      'fail',
      'a setting of our name is there and sends nothing: it is not written over',
      { diagnosticSettings: [{ ...setting([on(logins), on(events)], []), name: 'ACR-data-plane' }] },
      { fix: /^az monitor diagnostic-settings create --name acr-data-plane-logs / },
    ],
    [
      'fail',
      'the setting has no destination',
      { diagnosticSettings: [setting([on(logins), on(events)], [])] },
      { cites: ['diagnosticSettings/0/destinations'] },
    ],
    [
      'fail',
      'the setting sends metrics only',
      { diagnosticSettings: [setting([])] },
      { cites: ['diagnosticSettings'] },
    ],
    [
      'unknown',
      'Azure leaves out what the setting sends',
      { diagnosticSettings: [{ ...setting([]), logs: null }] },
      { says: 'does not say what setting sends' },
    ],
    [
      'pass',
      'another setting leaves out what it sends',
      { diagnosticSettings: [{ ...setting([]), logs: null }, setting([on(logins), on(events)])] },
    ],
    [
      'unknown',
      'ARM does not say whether it is on',
      { diagnosticSettings: [setting([on(logins), { ...events, enabled: null }])] },
      { says: 'RepositoryEvents' },
    ],
  ],
  {
    'diagnosticSettings/*/logs/*/category': 'another setting sends that category',
    'diagnosticSettings/*/logs/*/enabled': 'another setting sends that category',
  },
);
