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
Object.defineProperty(Shifted, "name", { value: "Date" });
globalThis.Date = Shifted;
