const KEPT = 120;

/** Draws when there is a reason to: nothing runs while nothing moves. */
export class Frames {
  /** @param draw draws, and says whether it wants to be called for the next frame too */
  constructor(draw) {
    this.draw = draw;
    this.asked = false;
    this.millis = [];
  }

  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(now => {
      this.asked = false;
      const start = performance.now();
      const again = this.draw(now);
      this.millis.push(performance.now() - start);
      if (this.millis.length > KEPT) this.millis.shift();
      if (again) this.ask();
    });
  }

  /** How long drawing took, the middle of the last frames. */
  medianMillis() {
    const sorted = [...this.millis].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }
}
