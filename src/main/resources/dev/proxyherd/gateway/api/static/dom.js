/** Makes elements. Text goes in as text, never as markup: IDs and names are anybody's bytes. */

const SVG = 'http://www.w3.org/2000/svg';

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter(child => child !== null));
  return made;
}

export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
}

/**
 * A provider's attribution, which comes as HTML: its text, and its links where they lead to the web; nothing else.
 */
export function attribution(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const line = element('p', { className: 'note' });
  parsed.body.childNodes.forEach(node => {
    const href = node.nodeName === 'A' ? node.getAttribute('href') ?? '' : '';
    line.append(/^https?:\/\//.test(href)
      ? element('a', { href, rel: 'noreferrer noopener', target: '_blank', textContent: node.textContent })
      : node.textContent);
  });
  return line;
}
