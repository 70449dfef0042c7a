import { element, svg } from './dom.js';
import { count } from './format.js';

const EVERY = 2000;
const SIZE = 340;
const MIDDLE = SIZE / 2;

/** The panel that shows servers and links as a graph, and below it the same in words. */
export class HerdPanel {
  constructor(panel, body, toggle) {
    Object.assign(this, { panel, body, toggle });
    this.before = new Map();
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  open() {
    this.panel.hidden = false;
    this.toggle.setAttribute('aria-expanded', 'true');
    this.refresh();
    this.timer = setInterval(() => document.hidden || this.refresh(), EVERY);
  }

  close() {
    // Else whoever uses the keyboard would stand nowhere.
    if (this.panel.contains(document.activeElement)) this.toggle.focus();
    this.panel.hidden = true;
    this.toggle.setAttribute('aria-expanded', 'false');
    clearInterval(this.timer);
  }

  async refresh() {
    try {
      const response = await fetch('api/herd');
      if (!response.ok) throw new Error(String(response.status));
      this.show(await response.json());
    } catch {
      this.body.replaceChildren(element('p', { className: 'note', textContent: 'The server does not answer.' }));
    }
  }

  show(herd) {
    const links = pairs(herd.links, this.rates(herd.links));
    const brokers = herd.servers.filter(server => server.mqtt);
    const regions = herd.servers.filter(server => server.kafka);
    this.body.replaceChildren(graph(herd, links), element('ul', { className: 'plain' },
      ...links.map(link => row(link.state, `${link.from} – ${link.to}`, words(link))),
      ...brokers.map(({ name, mqtt }) => row(mqtt.state, `${name} – ${mqtt.broker}`, brokerWords(mqtt), mqtt.reason ?? '')),
      ...regions.map(({ name, kafka }) => row(kafka.failure || !kafka.connected ? 'down' : 'up',
        `${name} – Kafka, ${kafka.topic}`, kafkaWords(kafka), kafka.failure ?? ''))));
  }

  /** Updates a second of each direction, from the counters of two looks. */
  rates(links) {
    const now = performance.now();
    const rates = new Map();
    for (const { from, to, sentLines } of links) {
      if (sentLines === undefined) continue;
      const key = `${from} ${to}`;
      const before = this.before.get(key);
      if (before && now > before.at && sentLines >= before.sentLines) {
        rates.set(key, (sentLines - before.sentLines) / (now - before.at) * 1000);
      }
      this.before.set(key, { at: now, sentLines });
    }
    return rates;
  }
}

/** Both directions of a link as one: as bad as the worse, as busy as both. */
function pairs(links, rates) {
  const found = new Map();
  for (const link of links) {
    const key = [link.from, link.to].sort().join(' ');
    const rate = rates.get(`${link.from} ${link.to}`);
    const pair = found.get(key) ?? { from: link.from, to: link.to, state: link.state };
    pair.state = worse(pair.state, link.state);
    if (link.queue !== undefined) pair.queue = (pair.queue ?? 0) + link.queue;
    if (rate !== undefined) pair.rate = (pair.rate ?? 0) + rate;
    found.set(key, pair);
  }
  return [...found.values()];
}

function worse(one, other) {
  if (one === 'down' || other === 'down') return 'down';
  return one === 'unknown' ? other : one;
}

function row(state, title, numbers, hint = '') {
  return element('li', { title: hint },
    svg('svg', { class: `dot ${state}`, viewBox: '0 0 10 10', 'aria-hidden': 'true' },
      svg('circle', { cx: 5, cy: 5, r: 4 })),
    element('span', { className: 'grow', textContent: title }),
    element('span', { className: 'number', textContent: numbers }));
}

function brokerWords({ state, queue, reports, published }) {
  if (state !== 'up') return state;
  return `${count(reports)} in · ${count(published)} out` + (queue ? ` · queue ${count(queue)}` : '');
}

function words({ state, queue, rate }) {
  if (state !== 'up') return state;
  const parts = [];
  if (queue !== undefined) parts.push(`queue ${count(queue)}`);
  if (rate !== undefined) parts.push(`${count(Math.round(rate))}/s`);
  return parts.join(' · ') || 'up';
}

function kafkaWords({ connected, queue, lagRecords, published }) {
  const state = connected ? `lag ${count(lagRecords)}` : 'down';
  return `${state} · queue ${count(queue)} · published ${count(published)}`;
}

function graph(herd, links) {
  const places = new Map(herd.servers.map((server, i) => {
    const angle = i / herd.servers.length * 2 * Math.PI - Math.PI / 2;
    const radius = herd.servers.length === 1 ? 0 : MIDDLE - 52;
    return [server.name, { x: MIDDLE + radius * Math.cos(angle), y: MIDDLE + radius * Math.sin(angle) * 0.8 - 4 }];
  }));
  const drawing = svg('svg', { class: 'graph', viewBox: `0 36 ${SIZE} ${SIZE - 96}`, role: 'img',
    'aria-label': `${herd.servers.length} servers, ${links.filter(link => link.state === 'up').length} of ${links.length} links up` });
  for (const link of links) {
    const a = places.get(link.from);
    const b = places.get(link.to);
    if (!a || !b) continue;
    drawing.append(svg('line', { class: link.state, x1: a.x, y1: a.y, x2: b.x, y2: b.y }));
  }
  for (const link of links) {
    const a = places.get(link.from);
    const b = places.get(link.to);
    if (a && b && link.rate >= 0.5) {
      drawing.append(text('small', (a.x + b.x) / 2, (a.y + b.y) / 2 + 4, `${count(Math.round(link.rate))}/s`));
    }
  }
  for (const server of herd.servers) {
    const { x, y } = places.get(server.name);
    drawing.append(svg('circle', { class: `${server.state}${server.name === herd.server ? ' here' : ''}`, cx: x, cy: y, r: 9 }),
      text('', x, y - 16, server.name));
    if (server.clients !== undefined) drawing.append(text('small', x, y + 25, `${count(server.clients)} clients`));
  }
  return drawing;
}

function text(kind, x, y, words) {
  const made = svg('text', { class: kind, x, y });
  made.textContent = words;
  return made;
}
