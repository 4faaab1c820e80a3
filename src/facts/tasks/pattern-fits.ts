import type { CharSet, Node } from './pattern-syntax.ts';

/** Where a match may stand in a name, as bits: at its beginning, behind some sign, and the same with no sign to follow. */
const begin = 1;
const inside = 2;
const beginAndEnd = 4;
const end = 8;

/**
 * Whether a pattern can be found in any name at all that has one sign or more, each of these. What looks around is taken
 * to hold, so that `false` is certain: `$dev` finds nothing, nor does `App` among names in small letters.
 */
export function fitsSome(pattern: Node, signs: CharSet): boolean {
  // The name may hold any signs before the match, and after it.
  return (after(pattern, begin | inside) & (begin | inside | end)) !== 0;

  function after(node: Node, from: number): number {
    switch (node.is) {
      case 'char':
        return (from & (begin | inside)) !== 0 && node.set.some((on, code) => on && signs[code]) ? inside : 0;
      case 'at':
        if (node.place === 'start') return from & (begin | beginAndEnd);
        if (node.place !== 'end') return from;
        return (from & begin ? beginAndEnd : 0) | (from & inside ? end : 0) | (from & (beginAndEnd | end));
      case 'look':
        return from;
      case 'all':
        return node.of.reduce((at, one) => after(one, at), from);
      case 'any':
        return node.of.reduce((sum, one) => sum | after(one, from), 0);
      case 'repeat': {
        // Each round only goes on to the right: after three nothing new comes.
        let at = from;
        for (let round = 0; round < Math.min(node.least, 3); round++) at = after(node.node, at);
        let sum = at;
        const most = (node.most ?? 3) - node.least;
        for (let round = 0; round < Math.min(most, 3); round++) sum |= after(node.node, sum);
        return sum;
      }
    }
  }
}
