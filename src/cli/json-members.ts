/** A member of the object that a JSON text is (one name), or an item of a member that is a list (a name, a place). */
export interface Member {
  readonly path: readonly [name: string] | readonly [name: string, index: number];
  readonly value: unknown;
}

/** Text that is no JSON object, or more than is read: why. */
export class MembersError extends Error {
  override readonly name = 'MembersError';
}

/** In bytes, and in brackets within brackets. */
export interface MemberLimits {
  readonly member: number;
  readonly all: number;
  readonly depth: number;
}

/** Where between the members the text is. */
type Place = 'start' | 'name' | 'value' | 'item' | 'after' | 'end';

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
/** By byte: every byte of a file is looked up. */
const table = (...bytes: readonly number[]): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => (bytes.includes(byte) ? 1 : 0));
const marks = table(comma, colon, openList, closeList, openObject, closeObject);
const blanks = table(0x20, 0x09, 0x0a, 0x0d);
const byteOrderMark = table(0xef, 0xbb, 0xbf);

/**
 * The members of a JSON object, one by one, as they arrive: of a member that is a list an empty list first, then each
 * item. Only one of them is ever held as text. Throws a `MembersError`.
 */
export async function* membersIn(file: AsyncIterable<Buffer>, limits: MemberLimits): AsyncGenerator<Member> {
  const held = holder(limits.member);
  let place: Place = 'start';
  let [name, index, depth, total] = ['', 0, 0, 0];
  let [inText, isEscaped] = [false, false];
  const names = new Set<string>();
  const named = (given: unknown): string => {
    if (typeof given !== 'string') throw new MembersError('a name in it is no text');
    if (names.has(given)) throw new MembersError(`${given} is in it twice`);
    names.add(given);
    return given;
  };

  for await (const piece of file) {
    total += piece.length;
    if (total > limits.all)
      throw new MembersError(`it is larger than ${limits.all / 2 ** 20} MB, the most that is read`);
    let from = 0;
    const take = (at: number): string => {
      held.add(piece.subarray(from, at));
      from = at + 1;
      return held.take();
    };
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at] ?? 0;
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) inText = false;
        continue;
      }
      if (marks[byte] === 0) {
        const isBetween = place === 'start' || place === 'after' || place === 'end';
        if (isBetween && blanks[byte] === 0 && !(place === 'start' && byteOrderMark[byte] === 1))
          throw new MembersError('it is no JSON object');
        inText = byte === quote;
        continue;
      }
      const opens = byte === openList || byte === openObject;
      if (depth > 0) {
        depth += opens ? 1 : byte === closeList || byte === closeObject ? -1 : 0;
        if (depth > limits.depth) throw new MembersError(`it is deeper than ${limits.depth} brackets`);
        continue;
      }
      switch (`${place} ${String.fromCharCode(byte)}`) {
        case 'start {':
          take(at);
          place = 'name';
          continue;
        case 'name :':
          name = named(parsed(take(at)));
          place = 'value';
          continue;
        case 'name }':
          if (!isBlank(take(at)) || names.size > 0) throw new MembersError('a name in it has no value');
          place = 'end';
          continue;
        case 'value ,':
        case 'value }':
          yield { path: [name], value: parsed(take(at)) };
          place = byte === comma ? 'name' : 'end';
          continue;
        case 'value [':
          if (!isBlank(take(at))) throw new MembersError(`${name} in it is no JSON`);
          yield { path: [name], value: [] };
          [place, index] = ['item', 0];
          continue;
        case 'item ,':
          yield { path: [name, index], value: parsed(take(at)) };
          index += 1;
          continue;
        case 'item ]': {
          const text = take(at);
          if (index > 0 || !isBlank(text)) yield { path: [name, index], value: parsed(text) };
          place = 'after';
          continue;
        }
        case 'after ,':
        case 'after }':
          take(at);
          place = byte === comma ? 'name' : 'end';
          continue;
        default:
          if (!opens || (place !== 'value' && place !== 'item')) throw new MembersError('it is no JSON object');
          depth = 1;
      }
    }
    held.add(piece.subarray(from));
  }
  if (place === 'start') throw new MembersError('it is empty');
  if (place !== 'end') throw new MembersError('it is cut: it ends in the middle');
}

/** Pieces of one member, until it is whole. */
function holder(most: number) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [pieces, size] = [[] as Buffer[], 0];
  return {
    add(piece: Buffer): void {
      size += piece.length;
      if (size > most)
        throw new MembersError(`a part of it is larger than ${most / 2 ** 20} MB, the most that is read`);
      pieces.push(piece);
    },
    take(): string {
      const bytes = Buffer.concat(pieces);
      [pieces, size] = [[], 0];
      try {
        return decoder.decode(bytes);
      } catch {
        throw new MembersError('it is not UTF-8');
      }
    },
  };
}

const isBlank = (text: string): boolean => text.trim() === '';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MembersError('a part of it is no JSON');
  }
}
