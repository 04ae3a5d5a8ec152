/** Takes the time of one stage after the other, and writes the line that ends each. */
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
