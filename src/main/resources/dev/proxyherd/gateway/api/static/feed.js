const PAGE = 5000;
const AGAIN_AFTER = 3000;

/**
 * Brings clients in: first page by page, as many as the page holds, then as events from where the pages ended, so that
 * nothing falls between. A stream that breaks resumes by itself; when the server no longer knows where, or whom it has
 * forgotten, all is read anew.
 */
export class Feed {
  constructor(clients, { onUpdate, onState, onCrossing = () => {} }) {
    this.clients = clients;
    this.onUpdate = onUpdate;
    this.onState = onState;
    this.onCrossing = onCrossing;
  }

  async start() {
    try {
      const cursor = await this.readPages();
      this.listen(cursor);
    } catch {
      this.onState('lost');
      setTimeout(() => this.start(), AGAIN_AFTER);
    }
  }

  async readPages() {
    const known = new Set();
    let cursor = null;
    let more = true;
    while (more && known.size < this.clients.most) {
      const url = `api/clients?limit=${PAGE}${cursor ? `&cursor=${cursor}` : ''}`;
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      const page = await response.json();
      this.clients.setClock(page.now);
      this.clients.update(page.features);
      page.features.forEach(feature => known.add(feature.id));
      this.onUpdate();
      cursor = page.cursor;
      more = page.more;
    }
    this.clients.keep(known, !more);
    return cursor;
  }

  listen(cursor) {
    const source = new EventSource(`api/events?since=${cursor}`);
    source.onopen = () => this.onState('live');
    source.addEventListener('locations', event => {
      this.clients.update(JSON.parse(event.data).features);
      this.onUpdate();
    });
    source.addEventListener('forgotten', event => {
      this.clients.forget(JSON.parse(event.data));
      this.onUpdate();
    });
    source.addEventListener('fence', event => this.onCrossing(JSON.parse(event.data)));
    source.addEventListener('reset', () => this.again(source, 0));
    source.onerror = () => {
      this.onState('lost');
      if (source.readyState === EventSource.CLOSED) this.again(source, AGAIN_AFTER);
    };
  }

  again(source, after) {
    source.close();
    setTimeout(() => this.start(), after);
  }
}
