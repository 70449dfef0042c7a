/** What an open panel leaves free of the map. On a narrow screen it is a sheet at the foot. */

const openPanel = () => document.querySelector('.panel:not([hidden])');
const isSheet = panel => panel.getBoundingClientRect().left <= 0;

export function sheetIsOpen() {
  const panel = openPanel();
  return panel !== null && isSheet(panel);
}

/** The middle of what is free: beside the panel, or above it where it is a sheet. */
export function freeMiddle(width, height) {
  const panel = openPanel();
  if (!panel) return { x: width / 2, y: height / 2 };
  if (!isSheet(panel)) return { x: panel.getBoundingClientRect().left / 2, y: height / 2 };
  const search = document.getElementById('top').getBoundingClientRect();
  // A sheet grows as its contents come: what counts is how high it may become.
  const sheet = parseFloat(getComputedStyle(panel).maxHeight);
  return { x: width / 2, y: (search.bottom + height - sheet) / 2 };
}
