import { type CharSet, type Node, PatternError } from './pattern-syntax.ts';

/**
 * How much patterns may cost: the steps of one program, and the steps taken over all texts. Both are counted, not timed:
 * the same pattern gets the same verdict on every machine, and no text in a registry stops a scan.
 */
export interface Bounds {
  readonly size: number;
  /** What all patterns of a budget share. */
  readonly work: number;
  /** What each text, and each program, may cost before it takes of that: a registry of many tags is no hostile one. */
  readonly each: number;
}

/** A common pattern needs some hundred steps of a program, and some hundred to read a tag. */
export const bounds: Bounds = { size: 20_000, work: 150_000_000, each: 2_000 };

/** What is left to spend: one for all purges of a registry, so that a thousand hostile ones cost no more than one. */
export interface Budget {
  readonly size: number;
  readonly each: number;
  left: number;
}

export const budgetOf = ({ size, work, each }: Bounds = bounds): Budget => ({ size, each, left: work });

type Step =
  | { readonly op: 'char'; readonly set: CharSet }
  | { readonly op: 'fork'; to: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'at'; readonly place: 'start' | 'end' | 'edge' | 'inside' }
  | { readonly op: 'look'; readonly program: readonly Step[]; readonly ahead: boolean; readonly wanted: boolean }
  | { readonly op: 'done' };

/**
 * Whether the pattern is found anywhere in a text; `null` once the budget is spent. Each pair of a step and a place in
 * the text is visited once, so that no pattern takes more than its size times the text.
 */
export function matcher(node: Node, budget: Budget = budgetOf()): (text: string) => boolean | null {
  let emitted = 0;
  let allowed = budget.each;
  let isSpent = false;
  const program = compile(node, () => {
    if (++emitted > budget.size) throw new PatternError('unreadable', 'so large a pattern is not evaluated');
    if (!spend(dearer)) throw new PatternError('unreadable', 'it costs more than this tool spends');
  });
  return (text) => {
    if (isSpent) return null;
    allowed = budget.each;
    return found(text, program, new Map());
  };

  /** Takes of what this text may cost, then of what all share. */
  function spend(steps: number): boolean {
    if (allowed > 0) allowed -= steps;
    else budget.left -= steps;
    if (budget.left < 0 && allowed <= 0) isSpent = true;
    return !isSpent;
  }

  /** Nothing of a program is visited over a text; to clear so much memory costs as well. */
  function cleared(steps: readonly Step[], text: string, before: Uint8Array | null = null): Uint8Array {
    const size = steps.length * (text.length + 1);
    spend(Math.ceil(size / bytesAStep));
    return before?.fill(0) ?? new Uint8Array(size);
  }

  function found(text: string, steps: readonly Step[], looked: Looked): boolean | null {
    const seen = cleared(steps, text);
    for (let start = 0; start <= text.length; start++)
      if (reaches(text, steps, start, null, seen, looked)) return isSpent ? null : true;
    return isSpent ? null : false;
  }

  function reaches(
    text: string,
    steps: readonly Step[],
    start: number,
    end: number | null,
    seen: Uint8Array,
    looked: Looked,
  ): boolean {
    const width = text.length + 1;
    const todo = [start];
    for (let state = todo.pop(); state !== undefined; state = todo.pop()) {
      if (seen[state]) continue;
      seen[state] = 1;
      if (!spend(1)) return false;
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
          const look = looked.get(step) ?? { answers: [], seen: null, mayGoOn: false };
          looked.set(step, look);
          look.answers[at] ??= looks(text, at, step, look, looked);
          if (look.answers[at] === step.wanted) todo.push(next);
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
    look: Look,
    looked: Looked,
  ): boolean {
    const seen = look.mayGoOn && look.seen ? look.seen : cleared(program, text, look.seen);
    look.seen = seen;
    if (ahead) {
      const holds = reaches(text, program, at, null, seen, looked);
      look.mayGoOn = !holds;
      return holds;
    }
    for (let start = at; start >= 0; start--) if (reaches(text, program, start, at, seen, looked)) return true;
    return false;
  }
}

/** What a look-around answered in one text. */
interface Look {
  /** By the place in the text. */
  readonly answers: (boolean | undefined)[];
  seen: Uint8Array | null;
  /** What was visited led nowhere, from wherever one comes. */
  mayGoOn: boolean;
}

type Looked = Map<Step, Look>;

const bytesAStep = 64;

/** To make a step of a program costs more than to take one. */
const dearer = 10;

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
