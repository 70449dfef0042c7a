const WHEEL_STEP = 1 / 400;
const KEY_PAN = 120;
const KEY_ZOOM = 0.5;
const CLICK_REACH = 5;

/** Mouse, wheel, touch and keyboard on the map. */
export class Input {
  constructor(canvas, view, { onPick, onHover, onKey }) {
    Object.assign(this, { canvas, view, onPick, onHover, onKey });
    this.pointers = new Map();
    canvas.addEventListener('pointerdown', event => this.down(event));
    canvas.addEventListener('pointermove', event => this.move(event));
    canvas.addEventListener('pointerup', event => this.up(event, true));
    canvas.addEventListener('pointercancel', event => this.up(event, false));
    canvas.addEventListener('wheel', event => this.wheel(event), { passive: false });
    canvas.addEventListener('dblclick', event => view.zoomAt(event.clientX, event.clientY, 1));
    canvas.addEventListener('keydown', event => this.key(event));
  }

  down(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.travelled = this.pointers.size > 1 ? Infinity : 0;
  }

  move(event) {
    const pointer = this.pointers.get(event.pointerId);
    if (!pointer) {
      this.onHover(event.clientX, event.clientY);
      return;
    }
    const before = this.spread();
    const dx = event.clientX - pointer.x;
    const dy = event.clientY - pointer.y;
    pointer.x = event.clientX;
    pointer.y = event.clientY;
    this.travelled += Math.hypot(dx, dy);
    if (this.travelled > CLICK_REACH) this.canvas.classList.add('dragging');
    this.view.pan(dx / this.pointers.size, dy / this.pointers.size);
    if (this.pointers.size === 2) {
      const after = this.spread();
      this.view.zoomAt(after.x, after.y, Math.log2(after.distance / before.distance));
    }
  }

  /** The middle of two fingers and how far they are apart. */
  spread() {
    const [a, b] = [...this.pointers.values()];
    if (!b) return null;
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.max(10, Math.hypot(a.x - b.x, a.y - b.y)) };
  }

  up(event, picks) {
    this.pointers.delete(event.pointerId);
    this.canvas.classList.remove('dragging');
    if (picks && this.travelled <= CLICK_REACH) this.onPick(event.clientX, event.clientY);
  }

  wheel(event) {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * 30 : event.deltaY;
    // A pinch on a trackpad comes as a wheel with the control key, in smaller steps.
    const steps = -pixels * WHEEL_STEP * (event.ctrlKey ? 4 : 1);
    this.view.zoomAt(event.clientX, event.clientY, Math.max(-1, Math.min(1, steps)));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { view } = this;
    const far = event.shiftKey ? 3 : 1;
    const actions = {
      ArrowLeft: () => view.pan(KEY_PAN * far, 0),
      ArrowRight: () => view.pan(-KEY_PAN * far, 0),
      ArrowUp: () => view.pan(0, KEY_PAN * far),
      ArrowDown: () => view.pan(0, -KEY_PAN * far),
      '+': () => view.zoomBy(KEY_ZOOM),
      '=': () => view.zoomBy(KEY_ZOOM),
      '-': () => view.zoomBy(-KEY_ZOOM),
    };
    const action = actions[event.key] ?? this.onKey(event.key);
    if (action) {
      event.preventDefault();
      action();
    }
  }
}
