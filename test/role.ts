import { permissionsPage } from '../src/dev/permissions.ts';

/** The actions of the role that docs/permissions.md offers, as its JSON stands on the page. */
export function documentedRole(): readonly string[] {
  const [, json = ''] = /```json\n([\s\S]+?)\n```/.exec(permissionsPage()) ?? [];
  return JSON.parse(json).Actions;
}
