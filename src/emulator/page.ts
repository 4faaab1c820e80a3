import { sameId } from '../model/ids.ts';
import { type Answer, ok } from './answers.ts';
import type { Tenant } from './tenant.ts';

/** One page of a list; `$skipToken` in the next link says where the rest begins. */
export function page(tenant: Tenant, url: URL, items: readonly unknown[]): Answer {
  const token = [...url.searchParams].find(([name]) => sameId(name, '$skipToken'))?.[1];
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString()) || 0;
  const size = Math.min(tenant.pageSize, Number(url.searchParams.get('$top') ?? tenant.pageSize) || tenant.pageSize);
  const value = items.slice(from, from + size);
  if (from + size >= items.length) return ok({ value });
  const next = new URL(url);
  next.searchParams.set('$skipToken', Buffer.from(String(from + size)).toString('base64url'));
  return ok({ value, nextLink: next.href });
}
