import { element, attribution } from './dom.js';
import * as format from './format.js';

const RADIUS_KM = 10;
const PLACES = 8;
const NEIGHBOURS = 5;

/** The panel about one client: its AT record, its age, who heard it, and what is near. */
export class Details {
  constructor(panel, title, body, { clients, layer, onSelect, onClose }) {
    Object.assign(this, { panel, title, body, clients, layer, onSelect, onClose });
    this.id = null;
  }

  show(client) {
    this.id = client.id;
    this.shownAt = null;
    this.title.textContent = client.id;
    this.facts = element('div');
    this.near = element('div', {}, element('h3', { textContent: 'Near it' }), note('Looking…'));
    this.others = element('div');
    this.body.replaceChildren(this.facts, this.near, this.others);
    this.panel.hidden = false;
    this.update();
    this.loadPlaces(client);
    this.loadNeighbours(client);
  }

  close() {
    this.id = null;
    this.panel.hidden = true;
    this.layer.places = [];
    this.onClose();
  }

  /** Shows what has changed; called once a second and when the client moves. */
  update() {
    if (this.id === null) return;
    const client = this.clients.get(this.id);
    if (!client) {
      this.ageText.textContent = this.clients.isWhole ? 'forgotten by the server' : 'not known to this page any more';
      return;
    }
    const { server, time, skew, at } = client.properties;
    if (this.shownAt !== at) {
      this.shownAt = at;
      this.ageText = element('dd');
      this.facts.replaceChildren(facts([
        ['Position', format.coordinates(client.latitude, client.longitude)],
        ['Its time', format.moment(time)],
        ['Heard by', server],
        ['Skew', `${skew} s`],
      ], this.ageText), record(at));
    }
    this.ageText.textContent = `${format.age(this.clients.age(client))} since it was heard`;
  }

  path(client) {
    return `api/clients/${client.properties.encoded ? client.id : encodeURIComponent(client.id)}`;
  }

  async loadPlaces(client) {
    const answer = await json(`${this.path(client)}/places?radius=${RADIUS_KM}&limit=${PLACES}`);
    if (this.id !== client.id) return;
    const results = answer?.places?.results ?? [];
    const list = results.map(place => this.place(client, place));
    const empty = answer?.places?.error_message ?? (answer ? `Nothing is listed within ${RADIUS_KM} km.`
      : 'The places cannot be had now.');
    this.near.replaceChildren(element('h3', { textContent: 'Near it' }),
      list.length ? element('ul', { className: 'plain' }, ...list) : note(empty),
      ...(answer?.places?.html_attributions ?? []).map(attribution));
    this.layer.places = answer?.plot ? results.map(({ geometry: { location } }) =>
      ({ latitude: location.lat, longitude: location.lng })) : [];
    this.onSelect(null);
  }

  place(client, { name, vicinity, geometry }) {
    const { lat, lng } = geometry?.location ?? {};
    const far = lat === undefined ? '' : format.distance(format.metresBetween(client.latitude, client.longitude, lat, lng));
    return element('li', {},
      element('span', { className: 'grow', textContent: name }, element('small', { textContent: vicinity ?? '' })),
      element('span', { className: 'number', textContent: far }));
  }

  async loadNeighbours(client) {
    const answer = await json(`api/nearby?lat=${plain(client.latitude)}&lon=${plain(client.longitude)}&limit=${NEIGHBOURS + 1}`);
    if (this.id !== client.id) return;
    const others = (answer?.features ?? []).filter(feature => feature.id !== client.id).slice(0, NEIGHBOURS);
    if (!others.length) return;
    this.others.replaceChildren(element('h3', { textContent: 'Clients nearby' }),
      element('ul', { className: 'plain' }, ...others.map(feature => {
        const button = element('button', { type: 'button', className: 'row-button' },
          element('span', { className: 'grow', textContent: feature.id }),
          element('span', { className: 'number', textContent: format.distance(feature.properties.distance) }));
        button.addEventListener('click', () => this.onSelect(feature.id));
        return element('li', {}, button);
      })));
  }
}

function facts(pairs, ageText) {
  const list = element('dl');
  pairs.forEach(([name, value]) => list.append(element('dt', { textContent: name }), element('dd', { textContent: value })));
  list.append(element('dt', { textContent: 'Age' }), ageText);
  return list;
}

/** An AT line. Its ID may be written from right to left, which must not turn round what stands beside it. */
function record(at) {
  const fields = at.split(' ');
  return element('p', { className: 'record' }, `${fields.slice(0, 3).join(' ')} `,
    element('bdi', { textContent: fields[3] }), ` ${fields.slice(4).join(' ')}`);
}

function note(text) {
  return element('p', { className: 'note', textContent: text });
}

/** A number without an exponent, as the API takes it. */
function plain(number) {
  return number.toFixed(9);
}

/** What the API answers, or null when it does not. */
async function json(url) {
  try {
    const response = await fetch(url);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
