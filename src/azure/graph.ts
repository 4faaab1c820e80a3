import { AzureError } from '../collect/azure.ts';

export const graphVersion = '2022-10-01';

/** Resource Graph takes 300 subscriptions in a query and advises 100. */
const subscriptionsPerQuery = 100;

/** Every row of a query, over as many batches of subscriptions and pages as it takes; never a part of them. */
export async function graphPages(
  query: string,
  subscriptions: readonly string[],
  ask: (content: unknown) => Promise<unknown>,
): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  // No subscriptions at all would mean "all that the login can see" to Resource Graph: no batch, no question.
  for (let first = 0; first < subscriptions.length; first += subscriptionsPerQuery) {
    const batch = subscriptions.slice(first, first + subscriptionsPerQuery);
    const tokens = new Set<string>();
    let token: string | null = null;
    do {
      const answer = graphAnswer(await ask({ subscriptions: batch, query, options: optionsFor(query, token) }));
      rows.push(...answer.data);
      token = answer.skipToken;
      if (token !== null && tokens.has(token))
        throw new AzureError('garbled', "Resource Graph's pages go in a circle.");
      if (token !== null) tokens.add(token);
      else if (answer.truncated) {
        // Its documented cause: without an id in the rows, Resource Graph cannot page.
        throw new AzureError(
          'garbled',
          'Resource Graph cut its answer short without a way to go on: the query must project id.',
        );
      }
    } while (token !== null);
  }
  return rows;
}

function optionsFor(query: string, skipToken: string | null): Record<string, unknown> {
  return {
    resultFormat: 'objectArray',
    $top: 1000,
    ...(skipToken === null ? {} : { $skipToken: skipToken }),
    // Without it, assignments inherited from management groups are left out.
    ...(/^\s*authorizationresources\b/i.test(query) ? { authorizationScopeFilter: 'AtScopeAboveAndBelow' } : {}),
  };
}

/** Absent, null and empty end a list. Anything else that is no text may stand for pages that nobody can ask for. */
export function continuation(sent: unknown, name: string): string | null {
  if (sent === undefined || sent === null || sent === '') return null;
  if (typeof sent === 'string') return sent;
  throw new AzureError('garbled', `Azure's list may go on, but its ${name} is no text.`);
}

function graphAnswer(answer: unknown): { data: readonly unknown[]; skipToken: string | null; truncated: boolean } {
  if (typeof answer !== 'object' || answer === null || !('data' in answer) || !Array.isArray(answer.data)) {
    throw new AzureError('garbled', "Resource Graph's answer has no rows in the form that was asked for.");
  }
  const skipToken = continuation('$skipToken' in answer ? answer.$skipToken : null, '$skipToken');
  // The string "true" or "false".
  const truncated = 'resultTruncated' in answer && String(answer.resultTruncated).toLowerCase() === 'true';
  return { data: answer.data, skipToken, truncated };
}
