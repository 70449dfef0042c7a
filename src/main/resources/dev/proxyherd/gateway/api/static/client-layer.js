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
    this.drawDots(now, ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.drawPlaces();
    this.drawSelected(now);
  }

  /**
   * Draws the dots, oldest first, so that the fresh ones lie on top. Of several that would fall on the very same pixel only
   * the freshest is drawn: a city seen from afar is one dot, however many are in it.
   */
  drawDots(now, ratio) {
    const { width, height } = this.canvas;
    const taken = this.pixels(width * height);
    const stamps = AGES.map(() => []);
    let drawn = 0;
    this.sort().forEach((bucket, i) => {
      const offset = this.sprites[i].width / 2;
      for (const client of bucket) drawn += this.place(client.at(now), offset, ratio, taken, stamps[i]);
    });
    for (let i = AGES.length - 1; i >= 0; i--) {
      const sprite = this.sprites[i];
      for (let j = 0; j < stamps[i].length; j += 2) this.context.drawImage(sprite, stamps[i][j], stamps[i][j + 1]);
    }
    this.drawn = drawn;
  }

  /** One byte for each pixel of the canvas, all free. */
  pixels(count) {
    if (this.taken?.length === count) this.taken.fill(0);
    else this.taken = new Uint8Array(count);
    return this.taken;
  }

  /** Finds where every copy of a dot goes; where the world is seen more than once there is more than one. */
  place(at, offset, ratio, taken, stamps) {
    const { view, canvas } = this;
    const turn = view.scale * ratio;
    const y = Math.round(view.screenY(at.y) * ratio - offset);
    if (y < -2 * offset || y > canvas.height) return 0;
    let x = view.screenX(at.x) * ratio - offset;
    x -= Math.floor((x + 2 * offset) / turn) * turn;
    let seen = 0;
    for (; x < canvas.width; x += turn) {
      const left = Math.round(x);
      const inside = left >= 0 && left < canvas.width && y >= 0 && y < canvas.height;
      const pixel = y * canvas.width + left;
      if (!inside || taken[pixel] === 0) stamps.push(left, y);
      if (inside) taken[pixel] = 1;
      seen = 1;
    }
    return seen;
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
      context.fill();
      context.globalAlpha = 0.85;
      context.lineWidth = ratio;
      context.strokeStyle = this.theme.colour('dot-edge');
      context.stroke();
      // A bitmap never changes, so the browser need not look at it anew for every copy.
      return sprite.transferToImageBitmap();
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
