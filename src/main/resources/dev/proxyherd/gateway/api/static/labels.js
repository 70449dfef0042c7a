import * as mercator from './mercator.js';

const FROM_ZOOM = 4.2;
const AFTER = 120;
const LIMIT = 80;

/** Fetches the names of localities for what is seen, once the map has come to rest. */
export class Labels {
  constructor(view, base, onLoad) {
    Object.assign(this, { view, base, onLoad });
    this.asked = '';
    view.onChange(() => this.later());
  }

  later() {
    clearTimeout(this.timer);
    if (this.view.zoom < FROM_ZOOM) {
      this.asked = '';
      this.base.labels = [];
      return;
    }
    this.timer = setTimeout(() => this.load(), AFTER);
  }

  async load() {
    const bbox = this.view.bounds().map(degrees => degrees.toFixed(4)).join(',');
    if (bbox === this.asked) return;
    this.asked = bbox;
    try {
      const response = await fetch(`api/labels?bbox=${bbox}&limit=${LIMIT}`);
      if (!response.ok || this.asked !== bbox) return;
      this.base.labels = (await response.json()).features.map(({ geometry, properties }) => ({
        name: properties.name,
        reach: properties.reach,
        x: mercator.x(geometry.coordinates[0]),
        y: mercator.y(geometry.coordinates[1]),
      }));
      this.onLoad();
    } catch {
      this.asked = ''; // The next move asks again.
    }
  }
}
