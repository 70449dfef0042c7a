import * as mercator from './mercator.js';

const MIN_GLIDE = 150;
const MAX_GLIDE = 1500;

/** How many clients a page holds at most: more would take its memory, and seconds to draw. */
const MOST = 200000;

/** One client as the page knows it. It glides to a new position in about the time that lies between its reports. */
class Client {
  constructor(id) {
    this.id = id;
    this.arrived = 0;
  }

  update(feature, now) {
    const [longitude, latitude] = feature.geometry.coordinates;
    const x = mercator.x(longitude);
    const y = mercator.y(latitude);
    if (this.properties === undefined) {
      this.fromX = x;
      this.fromY = y;
      this.glide = 0;
    } else {
      const { x: nowX, y: nowY } = this.at(now);
      // The short way, even across the date line.
      this.fromX = mercator.nearestCopy(nowX, x);
      this.fromY = nowY;
      this.glide = Math.max(MIN_GLIDE, Math.min(MAX_GLIDE, now - this.arrived));
    }
    this.x = x;
    this.y = y;
    this.longitude = longitude;
    this.latitude = latitude;
    this.arrived = now;
    this.properties = feature.properties;
  }

  /** Where it is drawn, in Mercator units. */
  at(now) {
    const done = this.glide === 0 ? 1 : (now - this.arrived) / this.glide;
    if (done >= 1) return { x: this.x, y: this.y };
    return { x: this.fromX + (this.x - this.fromX) * done, y: this.fromY + (this.y - this.fromY) * done };
  }
}

/**
 * The clients that the page knows, in the order of their last update; with one too many that was silent for longest goes.
 * Times are the server's clock, by the difference that its answers show.
 */
export class Clients {
  constructor(most = MOST) {
    this.most = most;
    this.byId = new Map();
    this.isWhole = true;
    this.clockOffset = 0;
    this.movingUntil = 0;
    this.updates = 0;
  }

  get size() {
    return this.byId.size;
  }

  setClock(serverSeconds) {
    this.clockOffset = serverSeconds - Date.now() / 1000;
  }

  /** The server's clock, in seconds. */
  now() {
    return Date.now() / 1000 + this.clockOffset;
  }

  update(features) {
    const now = performance.now();
    for (const feature of features) {
      const client = this.byId.get(feature.id) ?? new Client(feature.id);
      this.byId.delete(feature.id);
      this.byId.set(feature.id, client);
      client.update(feature, now);
      this.movingUntil = Math.max(this.movingUntil, now + client.glide);
    }
    this.updates += features.length;
    if (this.size > this.most) this.dropSilent();
  }

  dropSilent() {
    this.isWhole = false;
    for (const id of this.byId.keys()) {
      if (this.size <= this.most) break;
      this.byId.delete(id);
    }
  }

  forget(ids) {
    ids.forEach(id => this.byId.delete(id));
  }

  /** Forgets all but those in a set, which are all there are if so said. */
  keep(ids, areAll) {
    this.forget([...this.byId.keys()].filter(id => !ids.has(id)));
    this.isWhole = areAll;
  }

  get(id) {
    return this.byId.get(id);
  }

  isMoving(now) {
    return now < this.movingUntil;
  }

  /** Seconds since a server heard of it. */
  age(client) {
    return Math.max(0, this.now() - client.properties.heard);
  }

  /** IDs that begin with, or else contain, some text. */
  matching(text, limit) {
    const wanted = text.toLowerCase();
    const starts = [];
    const contains = [];
    for (const id of this.byId.keys()) {
      const at = id.toLowerCase().indexOf(wanted);
      if (at === 0) starts.push(id);
      else if (at > 0 && contains.length < limit) contains.push(id);
      if (starts.length >= limit) break;
    }
    return [...starts, ...contains].slice(0, limit);
  }
}
