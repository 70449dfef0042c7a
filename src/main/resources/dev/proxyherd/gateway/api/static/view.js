import * as mercator from './mercator.js';

const TILE = 256;
const MAX_ZOOM = 17;

/** Which part of the world is seen: a centre in Mercator units, a zoom, and the size of the window in CSS pixels. */
export class View {
  /** @param freeMiddle finds, for a width and height, the point of the window around which the map can be seen */
  constructor(freeMiddle) {
    this.freeMiddle = freeMiddle;
    this.x = 0.5;
    this.y = 0.42;
    this.zoom = 2;
    this.width = 1;
    this.height = 1;
    this.listeners = [];
  }

  /** Calls back whenever something else is seen. */
  onChange(listener) {
    this.listeners.push(listener);
  }

  /** Pixels that the whole world is wide. */
  get scale() {
    return TILE * 2 ** this.zoom;
  }

  get minZoom() {
    // The whole world, or a little more than it where the window is wide; a strip of sky only where it is narrow.
    return Math.log2(Math.max(Math.min(this.width, this.height), this.width / 1.25) / TILE);
  }

  allowed(zoom) {
    return Math.max(this.minZoom, Math.min(MAX_ZOOM, zoom));
  }

  /** The point of the window that is the middle of what is free. */
  get middle() {
    return this.freeMiddle(this.width, this.height);
  }

  resize(width, height) {
    this.width = width;
    this.height = height;
    this.moved();
  }

  screenX(worldX) {
    return (worldX - this.x) * this.scale + this.width / 2;
  }

  screenY(worldY) {
    return (worldY - this.y) * this.scale + this.height / 2;
  }

  worldX(screenX) {
    return this.x + (screenX - this.width / 2) / this.scale;
  }

  worldY(screenY) {
    return this.y + (screenY - this.height / 2) / this.scale;
  }

  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.moved();
  }

  /** Zooms so that what is under the point stays there. */
  zoomAt(screenX, screenY, steps) {
    const worldX = this.worldX(screenX);
    const worldY = this.worldY(screenY);
    this.zoom = this.allowed(this.zoom + steps);
    this.x = worldX - (screenX - this.width / 2) / this.scale;
    this.y = worldY - (screenY - this.height / 2) / this.scale;
    this.moved();
  }

  /** Zooms around the middle of what is free. */
  zoomBy(steps) {
    const { x, y } = this.middle;
    this.zoomAt(x, y, steps);
  }

  /** Shows a place in the middle of what is free. */
  centreOn(longitude, latitude, zoom = this.zoom) {
    const { x, y } = this.middle;
    this.zoom = this.allowed(zoom);
    this.x = mercator.x(longitude) - (x - this.width / 2) / this.scale;
    this.y = mercator.y(latitude) - (y - this.height / 2) / this.scale;
    this.moved();
  }

  /** What is seen, as west, south, east, north; the whole turn where more than that is seen. */
  bounds() {
    const half = this.width / 2 / this.scale;
    const south = mercator.latitude(this.worldY(this.height));
    const north = mercator.latitude(this.worldY(0));
    if (half >= 0.5) return [-180, south, 180, north];
    return [wrap(mercator.longitude(this.x - half)), south, wrap(mercator.longitude(this.x + half)), north];
  }

  moved() {
    this.zoom = this.allowed(this.zoom);
    const half = this.height / 2 / this.scale;
    this.y = half >= 0.5 ? 0.5 : Math.max(half, Math.min(1 - half, this.y));
    this.x -= Math.floor(this.x);
    this.listeners.forEach(listener => listener());
  }
}

function wrap(longitude) {
  return longitude - 360 * Math.floor((longitude + 180) / 360);
}
