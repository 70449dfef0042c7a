/**
 * The middle of what an open panel leaves free of the map: beside it, or above it where the screen is narrow and the
 * panel a sheet at its foot.
 */
export function freeMiddle(width, height) {
  const panel = document.querySelector('.panel:not([hidden])');
  if (!panel) return { x: width / 2, y: height / 2 };
  const { left } = panel.getBoundingClientRect();
  if (left > 0) return { x: left / 2, y: height / 2 };
  const search = document.getElementById('top').getBoundingClientRect();
  // A sheet grows as its contents come: what counts is how high it may become.
  const sheet = parseFloat(getComputedStyle(panel).maxHeight);
  return { x: width / 2, y: (search.bottom + height - sheet) / 2 };
}
