import { element } from './dom.js';
import * as mercator from './mercator.js';

const AFTER = 150;
const LIMIT = 1000;
const AGAIN_AFTER = 10000;

/** How long a fence shines that somebody has crossed, in milliseconds. */
const SHINES = 4000;

/** How many crossings are listed. */
const LISTED = 5;

const CIRCLE_CORNERS = 72;
const EARTH_RADIUS = 6371008.8;

/** Fetches the fences of what is seen, draws them beneath the clients, and lists who has crossed one. */
export class Fences {
  constructor(view, theme, list, { onLoad, onCrossing }) {
    Object.assign(this, { view, theme, list, onLoad, onCrossing });
    this.shapes = new Map();
    this.crossed = new Map();
    this.asked = '';
    view.onChange(() => this.later());
    // Fences change with their file, which nobody tells.
    setInterval(() => document.hidden || this.load(true), AGAIN_AFTER);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(false), AFTER);
  }

  async load(again) {
    const bbox = this.view.bounds().map(degrees => degrees.toFixed(5)).join(',');
    if (bbox === this.asked && !again) return;
    this.asked = bbox;
    try {
      const response = await fetch(`api/fences?bbox=${bbox}&limit=${LIMIT}`);
      if (!response.ok || this.asked !== bbox) return;
      const features = (await response.json()).features;
      if (features.length === 0 && this.shapes.size === 0) return;
      this.shapes = new Map(features.map(feature => [feature.id, shape(feature)]));
      this.onLoad();
    } catch {
      this.asked = ''; // The next move asks again.
    }
  }

  /** A client has gone into a fence, or out of it. */
  cross({ properties }) {
    this.crossed.set(properties.fence, performance.now());
    setTimeout(() => this.onLoad(), SHINES);
    const words = properties.kind === 'enter' ? 'entered' : 'left';
    this.list.append(element('li', { className: properties.kind },
      element('button', { type: 'button', textContent: properties.client, onclick: () => this.onCrossing(properties.client) }),
      ` ${words} ${properties.name}`));
    while (this.list.children.length > LISTED) this.list.firstChild.remove();
    this.list.parentElement.hidden = false;
    this.onLoad();
    return `${properties.client} ${words} ${properties.name}`;
  }

  draw(context) {
    const { view } = this;
    const now = performance.now();
    context.lineJoin = 'round';
    for (const { id, rings, left, right } of this.shapes.values()) {
      const shines = now - (this.crossed.get(id) ?? -SHINES) < SHINES;
      context.strokeStyle = this.theme.colour('fence');
      context.fillStyle = this.theme.colour(shines ? 'fence-crossed' : 'fence-fill');
      context.lineWidth = shines ? 3 : 1.5;
      for (let turn = Math.ceil(view.worldX(0) - right); turn <= view.worldX(view.width) - left; turn++) {
        context.beginPath();
        for (const ring of rings) trace(context, view, ring, turn);
        context.fill('evenodd');
        context.stroke();
      }
    }
  }
}

function trace(context, view, ring, turn) {
  ring.forEach(({ x, y }, i) => {
    if (i === 0) context.moveTo(view.screenX(x + turn), view.screenY(y));
    else context.lineTo(view.screenX(x + turn), view.screenY(y));
  });
  context.closePath();
}

/** A fence in Mercator units. */
function shape({ id, geometry, properties }) {
  const polygons = geometry.type === 'Point' ? [[circle(geometry.coordinates, properties.radius)]] : geometry.coordinates;
  const rings = polygons.flat().map(unrolled);
  const xs = rings.flatMap(ring => ring.map(({ x }) => x));
  return { id, rings, left: xs.reduce((a, b) => Math.min(a, b)), right: xs.reduce((a, b) => Math.max(a, b)) };
}

/** As servers read it: a step of more than half a turn goes the other way round, and what leads round the globe holds a pole. */
function unrolled(ring) {
  let turns = 0;
  const line = ring.map(([longitude, latitude], i) => {
    const step = i === 0 ? 0 : longitude - ring[i - 1][0];
    if (Math.abs(step) !== 360) turns -= Math.round(step / 360);
    return { x: mercator.x(longitude + 360 * turns), y: latitude <= -90 ? 1.2 : latitude >= 90 ? -0.2 : mercator.y(latitude) };
  });
  if (turns === 0) return line;
  const pole = ring[0][1] > 0 ? -0.2 : 1.2;
  return [...line, { x: line.at(-1).x, y: pole }, { x: line[0].x, y: pole }];
}

function circle([longitude, latitude], radius) {
  const angle = radius / EARTH_RADIUS;
  const phi = latitude * Math.PI / 180;
  return Array.from({ length: CIRCLE_CORNERS + 1 }, (_, i) => {
    const bearing = 2 * Math.PI * i / CIRCLE_CORNERS;
    const sine = Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(bearing);
    const east = Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(phi), Math.cos(angle) - Math.sin(phi) * sine);
    return [longitude + east * 180 / Math.PI, Math.asin(Math.max(-1, Math.min(1, sine))) * 180 / Math.PI];
  });
}
