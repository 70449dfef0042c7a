/**
 * Reads polygons from TopoJSON (https://github.com/topojson/topojson-specification): arcs are shared between neighbours
 * and written as differences of whole numbers.
 */

/** The features of one object: their name, and polygons as rings of [longitude, latitude], unwrapped. */
export function polygons(topology, object) {
  const arcs = topology.arcs.map(arc => decode(arc, topology.transform));
  return topology.objects[object].geometries.map(geometry => ({
    name: geometry.properties?.name ?? '',
    polygons: rings(geometry).map(polygon => align(polygon.map(ring => close(unwrap(stitch(ring, arcs)))))),
  }));
}

function rings(geometry) {
  if (geometry.type === 'Polygon') return [geometry.arcs];
  return geometry.type === 'MultiPolygon' ? geometry.arcs : [];
}

function decode(arc, { scale, translate }) {
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

/** One ring of arcs; a negative index means the arc ~index backwards. Neighbouring arcs share a point. */
function stitch(indexes, arcs) {
  const ring = [];
  for (const index of indexes) {
    const arc = index < 0 ? arcs[~index].slice().reverse() : arcs[index];
    ring.push(...(ring.length ? arc.slice(1) : arc));
  }
  return ring;
}

/** Lets longitudes run on beyond ±180° where a ring crosses the date line, so that it stays in one piece. */
function unwrap(ring) {
  let turn = 0;
  return ring.map(([longitude, latitude], i) => {
    if (i > 0) {
      const step = longitude - ring[i - 1][0];
      if (step > 180) turn -= 360;
      if (step < -180) turn += 360;
    }
    return [longitude + turn, latitude];
  });
}

/** A ring that has gone all the way around encloses a pole: it is closed along that. */
function close(ring) {
  const first = ring[0];
  const last = ring[ring.length - 1];
  if (Math.abs(last[0] - first[0]) < 180) return ring;
  const pole = ring.reduce((sum, point) => sum + point[1], 0) < 0 ? -90 : 90;
  return [...ring, [last[0], pole], [first[0], pole]];
}

/** Brings holes to the same turn as the ring around them. */
function align(polygon) {
  const middle = ring => ring.reduce((sum, point) => sum + point[0], 0) / ring.length;
  const outer = middle(polygon[0]);
  return polygon.map(ring => {
    const shift = 360 * Math.round((outer - middle(ring)) / 360);
    return shift === 0 ? ring : ring.map(([longitude, latitude]) => [longitude + shift, latitude]);
  });
}
