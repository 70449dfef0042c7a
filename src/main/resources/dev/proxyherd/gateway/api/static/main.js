import { BaseLayer } from './base-layer.js';
import { AGES, ClientLayer } from './client-layer.js';
import { Clients } from './clients.js';
import { Details } from './details.js';
import { element, svg } from './dom.js';
import { Feed } from './feed.js';
import { Fences } from './fences.js';
import * as format from './format.js';
import { Frames } from './frames.js';
import { freeMiddle, sheetIsOpen } from './free.js';
import { HerdPanel } from './herd-panel.js';
import { Input } from './input.js';
import { Labels } from './labels.js';
import * as mercator from './mercator.js';
import { Theme } from './theme.js';
import { View } from './view.js';

const CLOSE_ZOOM = 11;
const SUGGESTIONS = 12;
const RECOLOUR_EVERY = 5000;

const get = id => document.getElementById(id);
const view = new View(freeMiddle);
const clients = new Clients();
const theme = new Theme(get('theme'), get('theme-name'));
const base = new BaseLayer(get('base'), view, theme);
const layer = new ClientLayer(get('clients'), view, theme, clients);
const herd = new HerdPanel(get('herd'), get('herd-body'), get('herd-toggle'));
let state = 'waiting';
let baseIsStale = true;

const frames = new Frames(now => {
  if (baseIsStale) {
    base.draw();
    fences.draw(base.context);
  }
  baseIsStale = false;
  layer.draw(now);
  return clients.isMoving(now);
});

function redraw() {
  baseIsStale = true;
  frames.ask();
}

const fences = new Fences(view, theme, get('crossings-list'), {
  onLoad: redraw,
  onCrossing: id => select(id, true),
});

const details = new Details(get('details'), get('details-title'), get('details-body'), {
  clients,
  layer,
  onSelect: id => (id === null ? frames.ask() : select(id, false)),
  onClose: () => {
    layer.selected = null;
    get('clients').focus({ preventScroll: true });
    frames.ask();
  },
});

function announce(text) {
  get('announce').textContent = text;
}

/** Opens a client's panel, and goes there if so wanted. */
async function select(id, goThere) {
  const client = clients.get(id) ?? await fetchClient(id);
  if (!client) {
    announce(`There is no client ${id}`);
    get('goto').setCustomValidity(`There is no client “${id}”`);
    get('goto').reportValidity();
    return;
  }
  herd.close();
  layer.selected = client.id;
  details.show(client);
  if (goThere) view.centreOn(client.longitude, client.latitude, Math.max(view.zoom, CLOSE_ZOOM));
  announce(`${client.id}, ${format.coordinates(client.latitude, client.longitude)}, heard by ${client.properties.server} ${format.age(clients.age(client))} ago`);
  frames.ask();
}

/** A client that the page has not loaded, because there are so many. */
async function fetchClient(id) {
  const response = await fetch(`api/clients/${encodeURIComponent(id)}`).catch(() => null);
  if (!response?.ok) return null;
  // It may be shown otherwise than it was typed: percent-encoded.
  const feature = await response.json();
  clients.update([feature]);
  return clients.get(feature.id);
}

function showWorld() {
  if (sheetIsOpen()) closePanels();
  view.centreOn(12, 26, view.minZoom);
}

function toggleHerd() {
  if (herd.isOpen) {
    herd.close();
  } else {
    if (!get('details').hidden) details.close();
    herd.open();
  }
}

function closePanels() {
  if (!get('details').hidden) details.close();
  herd.close();
}

const keys = {
  0: showWorld,
  h: toggleHerd,
  H: toggleHerd,
  '/': () => get('goto').focus(),
  Escape: closePanels,
  Enter: () => {
    const { x, y } = view.middle;
    const nearest = layer.find(x, y, Infinity);
    if (nearest) select(nearest.id, false);
  },
};

new Input(get('clients'), view, {
  onPick: (x, y) => {
    const client = layer.find(x, y);
    if (client) select(client.id, false);
    else closePanels();
  },
  onHover: (x, y) => get('clients').classList.toggle('pointing', layer.find(x, y) !== null),
  onKey: key => keys[key],
});

get('search').addEventListener('submit', event => {
  event.preventDefault();
  const id = get('goto').value.trim();
  if (id) select(id, true);
});
get('goto').addEventListener('input', () => {
  get('goto').setCustomValidity('');
  const text = get('goto').value.trim();
  get('known').replaceChildren(...(text ? clients.matching(text, SUGGESTIONS) : [])
    .map(id => element('option', { value: id })));
});
get('zoom-in').addEventListener('click', () => view.zoomBy(1));
get('zoom-out').addEventListener('click', () => view.zoomBy(-1));
get('whole').addEventListener('click', showWorld);
get('herd-toggle').addEventListener('click', toggleHerd);
get('herd-close').addEventListener('click', toggleHerd);
get('details-close').addEventListener('click', () => details.close());
addEventListener('keydown', event => event.key === 'Escape' && closePanels());

get('legend').append(...AGES.map(({ name }, i) => element('span', {},
  svg('svg', { viewBox: '0 0 10 10', 'aria-hidden': 'true' }, svg('circle', { cx: 5, cy: 5, r: 5, fill: `var(--age-${i})` })),
  name)));

function resize() {
  for (const canvas of [get('base'), get('clients')]) {
    canvas.width = Math.round(innerWidth * devicePixelRatio);
    canvas.height = Math.round(innerHeight * devicePixelRatio);
  }
  view.resize(innerWidth, innerHeight);
}

new Labels(view, base, redraw);
view.onChange(redraw);
theme.onChange(() => {
  layer.restyle();
  redraw();
});
addEventListener('resize', resize);
resize();
showWorld();
base.load().then(redraw, failure => announce(String(failure)));

new Feed(clients, {
  onUpdate: () => {
    frames.ask();
    details.update();
  },
  onCrossing: crossing => announce(fences.cross(crossing)),
  onState: now => {
    if (now !== state) announce(now === 'live' ? 'The map is live' : 'The connection is lost; trying again');
    state = now;
    get('live').dataset.state = now;
    showStatus(0);
  },
}).start();

function showStatus(perSecond) {
  const many = `${clients.isWhole ? '' : 'newest '}${format.count(clients.size)} ${clients.size === 1 ? 'client' : 'clients'}`;
  const words = { waiting: 'connecting…', live: `${format.count(perSecond)} updates/s`, lost: 'connection lost, trying again' };
  get('status-text').textContent = `${many} · ${words[state]}`;
}

let counted = 0;
setInterval(() => {
  showStatus(Math.max(0, clients.updates - counted));
  counted = clients.updates;
  if (!document.hidden) details.update();
}, 1000);
setInterval(() => clients.size && !document.hidden && frames.ask(), RECOLOUR_EVERY);

/** For tests, and for whoever opens the console. */
window.herdMap = {
  view,
  clients,
  Clients,
  Feed,
  theme,
  get drawn() { return layer.drawn; },
  get state() { return state; },
  get baseShapes() { return base.shapes.length; },
  get fences() { return [...fences.shapes.keys()]; },
  get labels() { return base.labels.length; },
  get plotted() { return layer.places.length; },
  medianFrameMillis: () => frames.medianMillis(),
  frames: () => frames.millis.length,
  project: (longitude, latitude) =>
    [view.screenX(mercator.nearestCopy(mercator.x(longitude), view.x)), view.screenY(mercator.y(latitude))],
};
