// Gives Node.js the clock of the demo: NODE_OPTIONS=--import=…/clock.mjs, SHIFT seconds ahead of ours.
const Real = Date;
const shift = Number(process.env.SHIFT) * 1000;

class Shifted extends Real {
  constructor(...parts) {
    super(...(parts.length ? parts : [Real.now() + shift]));
  }
  static now() {
    return Real.now() + shift;
  }
}
// Next.js makes a copy of what Date has itself.
Object.assign(Shifted, { UTC: Real.UTC, parse: Real.parse });
Object.defineProperty(Shifted, "name", { value: "Date" });
globalThis.Date = Shifted;
// Next.js compares the two.
Object.defineProperty(performance, "timeOrigin", { value: performance.timeOrigin + shift });
