import * as mercator from './mercator.js';
import { polygons } from './topojson.js';

const GRID_DEGREES = 15;

/** Land, borders, names of countries, and the names of localities that it is given. */
export class BaseLayer {
  constructor(canvas, view, theme) {
    this.context = canvas.getContext('2d', { alpha: false });
    this.view = view;
    this.theme = theme;
    this.shapes = [];
    this.names = [];
    this.labels = [];
  }

  async load() {
    const response = await fetch('countries-50m.json');
    if (!response.ok) throw new Error(`base map: ${response.status}`);
    for (const country of polygons(await response.json(), 'countries')) {
      const shapes = country.polygons.map(shape);
      this.shapes.push(...shapes);
      const largest = shapes.reduce((a, b) => (b.area > a.area ? b : a), { area: 0 });
      if (largest.area > 0) this.names.push({ name: country.name, ...largest.middle, width: largest.width });
    }
    this.names.sort((a, b) => b.width - a.width);
  }

  draw() {
    const { context, view, theme } = this;
    const ratio = devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = theme.colour('sea');
    context.fillRect(0, 0, view.width, view.height);
    this.drawGrid();
    const half = view.width / 2 / view.scale;
    // Unwrapped rings reach into the next turn, so one more on each side is looked at.
    for (let turn = Math.floor(view.x - half) - 1; turn <= Math.ceil(view.x + half); turn++) {
      this.drawTurn(turn, ratio);
    }
    this.drawSky();
    this.drawNames();
  }

  /** Covers what lies beyond the world, which a narrow screen shows: neither the grid nor the pole goes on there. */
  drawSky() {
    const { context, view, theme } = this;
    const bottom = view.screenY(1);
    context.fillStyle = theme.colour('sea');
    context.fillRect(0, 0, view.width, Math.max(0, view.screenY(0)));
    context.fillRect(0, bottom, view.width, Math.max(0, view.height - bottom));
  }

  drawTurn(turn, ratio) {
    const { context, view, theme } = this;
    const { scale } = view;
    const left = view.worldX(0) - turn;
    const right = view.worldX(view.width) - turn;
    const top = view.worldY(0);
    const bottom = view.worldY(view.height);
    context.setTransform(ratio * scale, 0, 0, ratio * scale,
      ratio * view.screenX(turn), ratio * view.screenY(0));
    context.fillStyle = theme.colour('land');
    context.strokeStyle = theme.colour(view.zoom < 4 ? 'border' : 'coast');
    context.lineWidth = 0.8 / scale;
    context.lineJoin = 'round';
    for (const shape of this.shapes) {
      if (shape.right < left || shape.left > right || shape.bottom < top || shape.top > bottom) continue;
      if ((shape.right - shape.left) * scale < 0.6) continue;
      context.fill(shape.path, 'evenodd');
      context.stroke(shape.path);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  drawGrid() {
    const { context, view, theme } = this;
    context.strokeStyle = theme.colour('grid');
    context.lineWidth = 1;
    context.beginPath();
    const step = GRID_DEGREES / 360;
    for (let x = Math.floor(view.worldX(0) / step) * step; x < view.worldX(view.width); x += step) {
      const at = Math.round(view.screenX(x)) + 0.5;
      context.moveTo(at, 0);
      context.lineTo(at, view.height);
    }
    for (let latitude = -75; latitude <= 75; latitude += GRID_DEGREES) {
      const at = Math.round(view.screenY(mercator.y(latitude))) + 0.5;
      context.moveTo(0, at);
      context.lineTo(view.width, at);
    }
    context.stroke();
  }

  drawNames() {
    const taken = [];
    if (this.view.zoom < 6.5) {
      this.font('600 11px', 'country', '0.08em');
      for (const { name, x, y, width } of this.names) {
        if (width * this.view.scale > 70) this.write(name.toUpperCase(), x, y, taken, false);
      }
    }
    for (const { name, x, y, reach } of this.labels) {
      const size = reach > 12000 ? '600 13px' : reach > 4000 ? '500 12px' : '400 11px';
      this.font(size, 'place', '0');
      this.write(name, x, y, taken, true);
    }
    this.context.letterSpacing = '0px';
  }

  font(size, colour, spacing) {
    this.context.font = `${size} system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif`;
    this.context.letterSpacing = spacing === '0' ? '0px' : '1px';
    this.context.fillStyle = this.theme.colour(colour);
    this.context.strokeStyle = this.theme.colour('halo');
    this.context.textBaseline = 'middle';
    this.context.lineJoin = 'round';
  }

  /** Writes a name where none is yet: those that come first have the right of way. */
  write(name, worldX, worldY, taken, dot) {
    const { context, view } = this;
    const x = view.screenX(mercator.nearestCopy(worldX, view.x));
    const y = view.screenY(worldY);
    const width = context.measureText(name).width;
    const left = dot ? x + 7 : x - width / 2;
    const box = [left - 4, y - 9, left + width + 4, y + 9];
    if (box[2] < 0 || box[0] > view.width || box[3] < 0 || box[1] > view.height) return;
    if (taken.some(other => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return;
    taken.push(box);
    context.textAlign = 'left';
    context.lineWidth = 3;
    context.strokeText(name, left, y);
    context.fillText(name, left, y);
    if (dot) {
      context.beginPath();
      context.arc(x, y, 2, 0, 7);
      context.fill();
    }
  }
}

/** A polygon as a path in Mercator units, with its box and the middle of its area. */
function shape(rings) {
  const path = new Path2D();
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  rings.forEach(ring => {
    ring.forEach(([longitude, latitude], i) => {
      const x = mercator.x(longitude);
      const y = latitude <= -90 ? 1.2 : latitude >= 90 ? -0.2 : mercator.y(latitude);
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    });
    path.closePath();
  });
  const { area, middle } = centroid(rings[0].map(([lon, lat]) => [mercator.x(lon), mercator.y(lat)]));
  return { path, left, right, top, bottom, area, middle, width: right - left };
}

/** Area and centre of gravity by the shoelace formula. */
function centroid(ring) {
  let area = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < ring.length; i++) {
    const [x1, y1] = ring[i];
    const [x2, y2] = ring[(i + 1) % ring.length];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  return { area: Math.abs(area / 2), middle: { x: x / (3 * area), y: y / (3 * area) } };
}
