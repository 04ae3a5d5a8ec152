import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/common/log.ts
var StageTimer = class {
  #stage = "";
  #start = 0;
  /** Whether a stage has begun and not ended. */
  get running() {
    return this.#stage !== "";
  }
  begin(stage) {
    this.#stage = stage;
    this.#start = performance.now();
  }
  /** Ends the stage. Returns its line, such as `Planning: 12 packages (0.3 s)`. */
  end(result) {
    const seconds = ((performance.now() - this.#start) / 1e3).toFixed(1);
    const line = `${this.#stage}: ${result} (${seconds} s)`;
    this.#stage = "";
    return line;
  }
};

export {
  StageTimer
};
