import type { Message } from './message.ts';

/** The progress of a run. The terminal and the workflow each show it in their own way. */
export interface Log {
  /** Begins a stage, such as "Reading the RPM database". */
  stage(name: string): void;
  /** Ends the stage; `result` sums it up. */
  done(result: string): void;
  /** Tells the user something that does not stop the run. */
  warn(message: Message): void;
}

/** Measures each stage, and writes the line that ends it. */
export class StageTimer {
  #stage = '';
  #start = 0;

  /** Whether a stage has begun and not ended. */
  get running(): boolean {
    return this.#stage !== '';
  }

  begin(stage: string): void {
    this.#stage = stage;
    this.#start = performance.now();
  }

  /** Ends the stage. Returns its line, such as `Planning: 12 packages (0.3 s)`. */
  end(result: string): string {
    const seconds = ((performance.now() - this.#start) / 1000).toFixed(1);
    const line = `${this.#stage}: ${result} (${seconds} s)`;
    this.#stage = '';
    return line;
  }
}
