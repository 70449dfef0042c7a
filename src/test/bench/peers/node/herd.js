// A herd server on Node: one event loop, no dependencies. Lines are read as latin1, so that bytes stay bytes.
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { parseArgs } = require('node:util');

const NEIGHBOURS = {
  Alford: ['Parker', 'Welsh'],
  Bolden: ['Parker', 'Welsh'],
  Hamilton: ['Parker'],
  Parker: ['Alford', 'Bolden', 'Hamilton'],
  Welsh: ['Alford', 'Bolden'],
};
const MAX_LINE = 8192;
const RECONNECT_MS = 200;
const BUFFERED = 1 << 18;
const S = '[ \\t-\\r]';
const F = '([^ \\t-\\r]+)';
const IAMAT = new RegExp(`^${S}*IAMAT${S}+${F}${S}+(([+-]\\d+(?:\\.\\d+)?)([+-]\\d+(?:\\.\\d+)?))${S}+((\\d{1,10})(?:\\.(\\d+))?)${S}*$`);
const WHATSAT = new RegExp(`^${S}*WHATSAT${S}+${F}${S}+(\\d+(?:\\.\\d+)?)${S}+(\\d+)${S}*$`);
const AT = /^AT \S+ [+-]\d+\.\d{9} ([^ ]+) \S+ (\d{1,10})(?:\.(\d+))?$/;
const NOTHING = '{\n   "html_attributions" : [],\n   "results" : [],\n   "status" : "ZERO_RESULTS"\n}\n\n';

const nanos = (fraction) => (fraction ? Number(fraction.slice(0, 9).padEnd(9, '0')) : 0);

/** A line for each command, answer and update. */
class Traffic {
  constructor(folder, name) {
    fs.mkdirSync(folder, { recursive: true });
    this.file = fs.createWriteStream(path.join(folder, `server-${name}.log`), { flags: 'a' });
    this.text = '';
    setInterval(() => this.flush(), 250);
  }

  note(way, who, lines) {
    const head = `${(Date.now() / 1000).toFixed(3)} ${way} ${who} `;
    this.text += head + lines.join('\n' + head) + '\n';
    if (this.text.length > BUFFERED) this.flush();
  }

  flush() {
    this.file.write(this.text, 'latin1');
    this.text = '';
  }

  end(then) {
    this.file.end(this.text, 'latin1', then);
  }
}

class Herd {
  constructor(name, places, traffic) {
    Object.assign(this, { name, places, traffic, store: new Map(), links: [] });
  }

  /** Of each client the newest counts. */
  accept(client, location, source) {
    const known = this.store.get(client);
    if (known && (known.seconds - location.seconds || known.nanos - location.nanos ||
        (location.at < known.at ? -1 : 1)) > 0) {
      return;
    }
    this.store.set(client, location);
    for (const link of this.links) {
      if (link.name !== source) link.offer(client, location.at);
    }
  }

  /** Takes in what a neighbour says. */
  heard(line, source) {
    const match = AT.exec(line);
    if (match) this.accept(match[1], { seconds: Number(match[2]), nanos: nanos(match[3]), at: line }, source);
  }

  /** The answer, with its LF, to a client's line; a promise of it where that takes a while. */
  answer(line) {
    let match = IAMAT.exec(line);
    if (match && Math.abs(match[3]) <= 90 && Math.abs(match[4]) <= 180) {
      const [, client, position, , , time, seconds, fraction] = match;
      const location = { seconds: Number(seconds), nanos: nanos(fraction), at: '' };
      location.at = `AT ${this.name} ${this.skew(location)} ${client} ${position} ${time}`;
      this.accept(client, location);
      return location.at + '\n';
    }
    match = WHATSAT.exec(line);
    const known = match && this.store.get(match[1]);
    if (known && match[2] <= 50 && match[3] <= 20) return this.lookUp(known.at, match[2], match[3]);
    return '? ' + line.replace(/\r$/, '') + '\n';
  }

  skew({ seconds, nanos }) {
    const now = performance.timeOrigin + performance.now();
    const nowSeconds = Math.floor(now / 1000);
    let whole = nowSeconds - seconds;
    let rest = Math.round((now - nowSeconds * 1000) * 1e6) - nanos;
    const sign = whole < 0 || (whole === 0 && rest < 0) ? -1 : 1;
    whole *= sign;
    rest *= sign;
    if (rest < 0) {
      whole -= 1;
      rest += 1e9;
    } else if (rest >= 1e9) {
      whole += 1;
      rest -= 1e9;
    }
    return `${sign < 0 ? '-' : '+'}${whole}.${String(rest).padStart(9, '0')}`;
  }

  lookUp(at, radius, bound) {
    if (!this.places) return at + '\n' + NOTHING;
    const answer = (document) => `${at}\n${cut(document, Number(bound))}\n\n`;
    if (!this.places.startsWith('http')) return answer(fs.readFileSync(this.places, 'utf8'));
    const [, latitude, longitude] = /([+-][0-9.]+)([+-][0-9.]+) \S+$/.exec(at);
    return fetch(`${this.places}?location=${latitude},${longitude}&radius=${radius * 1000}`, { signal: AbortSignal.timeout(5000) })
      .then((reply) => reply.text())
      .then(answer, () => answer(''));
  }
}

function cut(document, bound) {
  let found;
  try {
    found = JSON.parse(document);
    found.results = found.results.slice(0, bound);
  } catch {
    found = { html_attributions: [], results: [], status: 'UNKNOWN_ERROR' };
  }
  return Buffer.from(JSON.stringify(found, null, 3)).toString('latin1');
}

/** A client, or a neighbour that has dialled in and tells what it knows. */
class Connection {
  constructor(socket, herd) {
    Object.assign(this, { socket, herd, rest: '', lines: [], asking: false, ended: false, neighbour: undefined });
    this.who = `${socket.remoteAddress}:${socket.remotePort}`;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => this.onData(chunk));
    socket.on('end', () => this.onEnd());
    socket.on('drain', () => this.asking || socket.resume());
    socket.on('error', () => socket.destroy());
  }

  onData(chunk) {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop();
    this.take(lines);
    if (this.rest.length > MAX_LINE && !this.neighbour) this.socket.end(`? ${this.rest.slice(0, 1024)}\n`, 'latin1');
  }

  onEnd() {
    this.ended = true;
    this.take(this.rest ? [this.rest] : []);
  }

  take(lines) {
    if (!this.neighbour && lines.length && lines[0].startsWith('HERD ')) this.neighbour = lines.shift().slice(5);
    if (lines.length) this.herd.traffic.note('from', this.neighbour ?? this.who, lines);
    if (this.neighbour) {
      for (const line of lines) this.herd.heard(line, this.neighbour);
    } else {
      this.lines = this.lines.length ? this.lines.concat(lines) : lines;
      if (!this.asking) this.goOn();
    }
    if (this.ended && !this.asking) this.socket.end();
  }

  goOn() {
    const answers = [];
    let next = 0;
    while (next < this.lines.length && !this.asking) {
      const answer = this.herd.answer(this.lines[next++]);
      if (typeof answer === 'string') answers.push(answer);
      else this.wait(answer);
    }
    this.lines = this.lines.slice(next);
    this.send(answers);
  }

  /** Who waits for places, or does not read its answers, is not read. */
  async wait(answer) {
    this.asking = true;
    this.socket.pause();
    const found = await answer;
    this.asking = false;
    this.socket.resume();
    this.send([found]);
    this.take([]);
  }

  send(answers) {
    if (!answers.length || this.socket.destroyed) return;
    if (!this.socket.write(answers.join(''), 'latin1')) this.socket.pause();
    this.herd.traffic.note('to', this.who, answers.map((answer) => answer.slice(0, answer.indexOf('\n'))));
  }
}

/** Tells one neighbour all that this server knows, then what it hears, of each client the newest, for ever. */
class Link {
  constructor(herd, name, port) {
    Object.assign(this, { herd, name, port, pending: new Map(), up: false });
    this.dial();
  }

  dial() {
    const socket = net.connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    this.socket = socket;
    socket.on('connect', () => {
      this.herd.traffic.note('link', this.name, ['up']);
      this.up = this.writable = true;
      socket.write(`HERD ${this.herd.name}\n`);
      for (const [client, { at }] of this.herd.store) this.pending.set(client, at);
      this.schedule();
    });
    socket.on('drain', () => {
      this.writable = true;
      this.schedule();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.up) this.herd.traffic.note('link', this.name, ['down']);
      this.up = false;
      this.pending.clear();
      setTimeout(() => this.dial(), RECONNECT_MS);
    });
    socket.resume();
  }

  offer(client, at) {
    if (!this.up) return;
    this.pending.set(client, at);
    this.schedule();
  }

  schedule() {
    if (this.scheduled || !this.writable || !this.pending.size) return;
    this.scheduled = true;
    setImmediate(() => this.drain());
  }

  drain() {
    this.scheduled = false;
    if (!this.up) return;
    const batch = [];
    for (const [client, at] of this.pending) {
      batch.push(at);
      this.pending.delete(client);
      if (batch.length === 1000) break;
    }
    if (!batch.length) return;
    this.herd.traffic.note('to', this.name, batch);
    this.writable = this.socket.write(batch.join('\n') + '\n', 'latin1');
    this.schedule();
  }
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'base-port': { type: 'string' }, log: { type: 'string' }, places: { type: 'string' } },
  });
  const names = Object.keys(NEIGHBOURS);
  const [name] = positionals;
  const base = Number(values['base-port']);
  if (!names.includes(name) || !base || !values.log) {
    console.error('usage: herd.js NAME --base-port PORT --log DIR [--places URL|FILE]');
    process.exit(2);
  }
  const port = (server) => base + names.indexOf(server);
  const herd = new Herd(name, values.places, new Traffic(values.log, name));
  net.createServer({ allowHalfOpen: true }, (socket) => new Connection(socket, herd))
    .listen({ port: port(name), host: '127.0.0.1', backlog: 4096 }, () => {
      herd.links = NEIGHBOURS[name].map((neighbour) => new Link(herd, neighbour, port(neighbour)));
    });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => herd.traffic.end(() => process.exit(0)));
}

main();
