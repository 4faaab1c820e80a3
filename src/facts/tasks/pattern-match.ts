import { type CharSet, type Node, PatternError } from './pattern-syntax.ts';

/**
 * How much one pattern may cost: the steps of its program, and all steps it takes over all texts. Both are counted, not
 * timed: the same pattern gets the same verdict on every machine, and no text in a registry stops a scan.
 */
export interface Bounds {
  readonly size: number;
  readonly work: number;
  /** What each further text adds to it: a registry of many tags is no hostile one. */
  readonly each: number;
}

/** A common pattern needs some hundred steps of a program, and some hundred to read a tag. */
export const bounds: Bounds = { size: 20_000, work: 100_000_000, each: 2_000 };

type Step =
  | { readonly op: 'char'; readonly set: CharSet }
  | { readonly op: 'fork'; to: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'at'; readonly place: 'start' | 'end' | 'edge' | 'inside' }
  | { readonly op: 'look'; readonly program: readonly Step[]; readonly ahead: boolean; readonly wanted: boolean }
  | { readonly op: 'done' };

/**
 * Whether the pattern is found anywhere in a text; `null` once it has cost more than its bound. Each pair of a step and
 * a place in the text is visited once, so that no pattern takes more than its size times the text.
 */
export function matcher(node: Node, { size, work, each }: Bounds = bounds): (text: string) => boolean | null {
  let emitted = 0;
  const program = compile(node, () => {
    if (++emitted > size) throw new PatternError('unreadable', 'so large a pattern is not evaluated');
  });
  let left = work;
  return (text) => {
    const looked = new Map<Step, (boolean | undefined)[]>();
    if (left < 0) return null;
    left += each;
    return found(text, program, looked);
  };

  function found(text: string, steps: readonly Step[], looked: Map<Step, (boolean | undefined)[]>): boolean | null {
    const seen = new Uint8Array(steps.length * (text.length + 1));
    for (let start = 0; start <= text.length; start++)
      if (reaches(text, steps, start, null, seen, looked)) return left < 0 ? null : true;
    return left < 0 ? null : false;
  }

  function reaches(
    text: string,
    steps: readonly Step[],
    start: number,
    end: number | null,
    seen: Uint8Array,
    looked: Map<Step, (boolean | undefined)[]>,
  ): boolean {
    const width = text.length + 1;
    const todo = [start];
    for (let state = todo.pop(); state !== undefined; state = todo.pop()) {
      if (seen[state]) continue;
      seen[state] = 1;
      if (left-- < 0) return false;
      const pc = Math.floor(state / width);
      const at = state % width;
      const step = steps[pc];
      if (step === undefined) continue;
      const next = state + width;
      switch (step.op) {
        case 'done':
          if (end === null || at === end) return true;
          break;
        case 'char':
          if (at < text.length && step.set[text.charCodeAt(at)]) todo.push(next + 1);
          break;
        case 'fork':
          todo.push(step.to * width + at, next);
          break;
        case 'jump':
          todo.push(step.to * width + at);
          break;
        case 'at':
          if (isAt(text, at, step.place)) todo.push(next);
          break;
        case 'look': {
          const known = looked.get(step) ?? [];
          looked.set(step, known);
          known[at] ??= looks(text, at, step, looked);
          if (known[at] === step.wanted) todo.push(next);
          break;
        }
      }
    }
    return false;
  }

  function looks(
    text: string,
    at: number,
    { program, ahead }: Extract<Step, { op: 'look' }>,
    looked: Map<Step, (boolean | undefined)[]>,
  ): boolean {
    const seen = new Uint8Array(program.length * (text.length + 1));
    if (ahead) return reaches(text, program, at, null, seen, looked);
    for (let start = at; start >= 0; start--) if (reaches(text, program, start, at, seen, looked)) return true;
    return false;
  }
}

function isAt(text: string, at: number, place: 'start' | 'end' | 'edge' | 'inside'): boolean {
  if (place === 'start') return at === 0;
  if (place === 'end') return at === text.length;
  const edge = /\w/.test(text[at - 1] ?? ' ') !== /\w/.test(text[at] ?? ' ');
  return (place === 'edge') === edge;
}

function compile(root: Node, count: () => void): readonly Step[] {
  const program: Step[] = [];
  emit(root);
  add({ op: 'done' });
  return program;

  function add<S extends Step>(step: S): S {
    count();
    program.push(step);
    return step;
  }

  function emit(node: Node): void {
    switch (node.is) {
      case 'char':
        add({ op: 'char', set: node.set });
        break;
      case 'at':
        add({ op: 'at', place: node.place });
        break;
      case 'all':
        node.of.forEach(emit);
        break;
      case 'any': {
        const ends: { to: number }[] = [];
        for (const [place, one] of node.of.entries()) {
          if (place === node.of.length - 1) emit(one);
          else {
            const fork = add({ op: 'fork' as const, to: 0 });
            emit(one);
            ends.push(add({ op: 'jump' as const, to: 0 }));
            fork.to = program.length;
          }
        }
        for (const end of ends) end.to = program.length;
        break;
      }
      case 'repeat': {
        for (let times = 0; times < node.least; times++) {
          count();
          emit(node.node);
        }
        if (node.most === null) {
          const fork = add({ op: 'fork' as const, to: 0 });
          const begin = program.length - 1;
          emit(node.node);
          add({ op: 'jump', to: begin });
          fork.to = program.length;
        } else {
          const forks: { to: number }[] = [];
          for (let times = node.least; times < node.most; times++) {
            count();
            forks.push(add({ op: 'fork' as const, to: 0 }));
            emit(node.node);
          }
          for (const fork of forks) fork.to = program.length;
        }
        break;
      }
      case 'look':
        add({ op: 'look', program: compile(node.node, count), ahead: node.ahead, wanted: node.wanted });
        break;
    }
  }
}
