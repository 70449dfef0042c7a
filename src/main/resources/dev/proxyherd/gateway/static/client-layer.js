import * as mercator from './mercator.js';

/** The ages, in seconds, at which a client's colour changes, and what the legend calls them. */
export const AGES = [
  { until: 15, name: 'now' },
  { until: 60, name: '1 min' },
  { until: 600, name: '10 min' },
  { until: 3600, name: '1 h' },
  { until: 86400, name: '1 day' },
  { until: Infinity, name: 'older' },
];

const REACH = 14;

/** Draws clients as dots, one ready picture for each colour: ten thousand copies of it are quick. */
export class ClientLayer {
  constructor(canvas, view, theme, clients) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.view = view;
    this.theme = theme;
    this.clients = clients;
    this.selected = null;
    this.places = [];
    this.drawn = 0;
    this.sprites = null;
  }

  /** Colours or pixels have changed. */
  restyle() {
    this.sprites = null;
  }

  radius() {
    const crowd = this.clients.size > 3000 ? 0.8 : this.clients.size > 300 ? 1 : 1.25;
    return Math.min(7, (2.2 + this.view.zoom * 0.32) * crowd);
  }

  draw(now) {
    const { context, view } = this;
    const ratio = devicePixelRatio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.prepareSprites(ratio);
    const buckets = this.sort();
    let drawn = 0;
    // Oldest first, so that the fresh ones lie on top.
    for (let i = AGES.length - 1; i >= 0; i--) {
      const sprite = this.sprites[i];
      const offset = sprite.width / 2;
      for (const client of buckets[i]) {
        const at = client.at(now);
        const y = view.screenY(at.y) * ratio;
        if (y < -offset || y > this.canvas.height + offset) continue;
        drawn += this.stamp(sprite, at.x, y, offset, ratio);
      }
    }
    this.drawn = drawn;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.drawPlaces();
    this.drawSelected(now);
  }

  /** Stamps every copy of a dot that is seen; where the world is seen more than once there is more than one. */
  stamp(sprite, worldX, y, offset, ratio) {
    const { view, context } = this;
    const turn = view.scale * ratio;
    let x = view.screenX(worldX) * ratio;
    x -= Math.floor((x + offset) / turn) * turn;
    let copies = 0;
    for (; x < this.canvas.width + offset; x += turn) {
      context.drawImage(sprite, Math.round(x - offset), Math.round(y - offset));
      copies++;
    }
    return copies > 0 ? 1 : 0;
  }

  sort() {
    const serverNow = this.clients.now();
    const buckets = AGES.map(() => []);
    for (const client of this.clients.byId.values()) {
      const age = serverNow - client.properties.heard;
      let bucket = 0;
      while (age >= AGES[bucket].until) bucket++;
      buckets[bucket].push(client);
    }
    return buckets;
  }

  prepareSprites(ratio) {
    const radius = this.radius();
    if (this.sprites && this.spriteRadius === radius && this.spriteRatio === ratio) return;
    this.spriteRadius = radius;
    this.spriteRatio = ratio;
    this.sprites = AGES.map((_, i) => {
      const size = Math.ceil((radius + 1.5) * 2 * ratio);
      const sprite = new OffscreenCanvas(size, size);
      const context = sprite.getContext('2d');
      context.beginPath();
      context.arc(size / 2, size / 2, radius * ratio, 0, 7);
      context.fillStyle = this.theme.colour(`age-${i}`);
      context.globalAlpha = 1 - i * 0.07;
      context.fill();
      context.globalAlpha = 0.85;
      context.lineWidth = ratio;
      context.strokeStyle = this.theme.colour('dot-edge');
      context.stroke();
      return sprite;
    });
  }

  drawSelected(now) {
    const client = this.selected && this.clients.get(this.selected);
    if (!client) return;
    const { context, view } = this;
    const at = client.at(now);
    const x = view.screenX(mercator.nearestCopy(at.x, view.x));
    const y = view.screenY(at.y);
    context.strokeStyle = this.theme.colour('ring');
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(x, y, this.radius() + 6, 0, 7);
    context.stroke();
  }

  drawPlaces() {
    const { context, view } = this;
    context.fillStyle = this.theme.colour('near');
    context.strokeStyle = this.theme.colour('halo');
    context.lineWidth = 2;
    for (const place of this.places) {
      const x = view.screenX(mercator.nearestCopy(mercator.x(place.longitude), view.x));
      const y = view.screenY(mercator.y(place.latitude));
      context.beginPath();
      context.moveTo(x, y - 6);
      context.lineTo(x + 6, y);
      context.lineTo(x, y + 6);
      context.lineTo(x - 6, y);
      context.closePath();
      context.stroke();
      context.fill();
    }
  }

  /** The client under a point of the window, or null. */
  find(screenX, screenY, reach = REACH) {
    const now = performance.now();
    const { view } = this;
    let best = null;
    let bestDistance = reach * reach;
    for (const client of this.clients.byId.values()) {
      const at = client.at(now);
      const dy = view.screenY(at.y) - screenY;
      if (dy * dy > bestDistance) continue;
      const dx = view.screenX(mercator.nearestCopy(at.x, view.worldX(screenX))) - screenX;
      if (dx * dx + dy * dy <= bestDistance) {
        bestDistance = dx * dx + dy * dy;
        best = client;
      }
    }
    return best;
  }
}
