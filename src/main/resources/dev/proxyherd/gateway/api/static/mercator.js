/** Web Mercator: the world as a square, x and y from 0 to 1, north up. What lies beyond 85° is drawn at its edge. */

export const MAX_LATITUDE = 85.0511287798;

export function x(longitude) {
  return longitude / 360 + 0.5;
}

export function y(latitude) {
  const clamped = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude));
  const sine = Math.sin(clamped * Math.PI / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function longitude(worldX) {
  return (worldX - 0.5) * 360;
}

export function latitude(worldY) {
  return Math.atan(Math.sinh(Math.PI * (1 - 2 * worldY))) * 180 / Math.PI;
}

/** The nearest of a point's copies, one for each turn around the Earth. */
export function nearestCopy(worldX, to) {
  return worldX + Math.round(to - worldX);
}
