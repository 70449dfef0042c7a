/** How numbers, ages and distances are written. */

const counts = new Intl.NumberFormat('en');

export function count(number) {
  return counts.format(number);
}

/** An age in words: 4 s, 3 min, 2 h, 5 d. */
export function age(seconds) {
  if (seconds < 0) return 'in the future';
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  return `${count(Math.floor(seconds / 86400))} d`;
}

export function distance(metres) {
  if (metres < 1000) return `${Math.round(metres)} m`;
  return metres < 100000 ? `${(metres / 1000).toFixed(1)} km` : `${count(Math.round(metres / 1000))} km`;
}

/** POSIX seconds, possibly with more digits than a number holds, as a date and a time. */
export function moment(seconds) {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds)
    : date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}

export function coordinates(latitude, longitude) {
  const north = `${Math.abs(latitude).toFixed(5)}° ${latitude < 0 ? 'S' : 'N'}`;
  return `${north}, ${Math.abs(longitude).toFixed(5)}° ${longitude < 0 ? 'W' : 'E'}`;
}

/** Great circle distance in metres, on a sphere (haversine). */
export function metresBetween(lat1, lon1, lat2, lon2) {
  const rad = Math.PI / 180;
  const a = Math.sin((lat2 - lat1) * rad / 2) ** 2
    + Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin((lon2 - lon1) * rad / 2) ** 2;
  return 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(a)));
}
