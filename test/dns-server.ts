import { createSocket } from 'node:dgram';
import { decode, encode } from 'dns-packet';

/** What a name answers: addresses, a CNAME to another name here, a refusal, or silence. Other names are NXDOMAIN. */
export type Zone = Readonly<
  Record<string, readonly string[] | { readonly cname: string } | 'SERVFAIL' | 'REFUSED' | 'NODATA' | 'silence'>
>;

/** A DNS server on loopback that knows one zone and counts what it is asked. */
export async function dnsServer(zone: Zone) {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const { id, questions = [] } = decode(message);
    const [question] = questions;
    if (!question) return;
    asked.push(`${question.type} ${question.name}`);
    const known = Object.hasOwn(zone, question.name) ? zone[question.name] : undefined;
    if (known === 'silence') return;
    const rcode = known === 'SERVFAIL' ? 2 : known === 'REFUSED' ? 5 : known === undefined ? 3 : 0;
    // 0x8180: a response, recursion desired and available; the low four bits are the result code.
    const reply = {
      id,
      type: 'response',
      flags: 0x0180 | rcode,
      questions,
      answers: answersTo(question.name, question.type, zone),
    };
    socket.send(encode(reply as Parameters<typeof encode>[0]), from.port, from.address);
  });
  await new Promise<void>((ready) => socket.bind(0, '127.0.0.1', ready));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise<void>((closed) => socket.close(() => closed())),
  };
}

function answersTo(name: string, type: string, zone: Zone): readonly object[] {
  const known = Object.hasOwn(zone, name) ? zone[name] : undefined;
  if (known === undefined || typeof known === 'string') return [];
  if ('cname' in known) {
    const alias = { type: 'CNAME', name, ttl: 1, data: known.cname };
    return type === 'CNAME' ? [alias] : [alias, ...answersTo(known.cname, type, zone)];
  }
  return known
    .map((data) => ({ type: data.includes(':') ? 'AAAA' : 'A', name, ttl: 1, data }))
    .filter((answer) => answer.type === type);
}
