import { splitNumber } from './supervisor.ts';

/** The limits for the output of a program. If one is absent, there is no such limit. */
export interface OutputLimits {
  /** Milliseconds that the program may print nothing on stdout before it is killed. */
  maxSilence?: number;
  /** Bytes that the program may print on stdout before it is killed. */
  maxOutput?: number;
}

/** The output of a program that runs. It kills the program if that exceeds a limit. */
export class Output {
  readonly #limits: OutputLimits;
  readonly #stdout: Buffer[] = [];
  readonly #stderr: Buffer[] = [];
  #size = 0;
  #hasEnded = false;
  #timer: NodeJS.Timeout | undefined;
  timedOut = false;
  overflowed = false;

  constructor(limits: OutputLimits) {
    this.#limits = limits;
  }

  get stdout(): Buffer {
    return splitNumber(Buffer.concat(this.#stdout)).rest;
  }

  get stderr(): string {
    return Buffer.concat(this.#stderr).toString();
  }

  /** Begins to count the silence. */
  begin(): void {
    if (this.#limits.maxSilence === undefined) return;
    this.#timer = setInterval(() => this.#endSilence(), this.#limits.maxSilence);
  }

  /** To be called as soon as the supervisor has ended: the process number may be another program's from then on. */
  end(): void {
    this.#hasEnded = true;
    clearInterval(this.#timer);
  }

  addStdout(chunk: Buffer): void {
    if (this.overflowed) return;
    this.#timer?.refresh();
    this.#stdout.push(chunk);
    this.#size += chunk.length;
    if (this.#size <= (this.#limits.maxOutput ?? Infinity)) return;
    this.overflowed = true;
    setImmediate(() => this.#kill());
  }

  addStderr(chunk: Buffer): void {
    this.#stderr.push(chunk);
  }

  /** Kills the program unless output or its end is still to be handled, because relopack itself was busy. */
  #endSilence(): void {
    const size = this.#size;
    setImmediate(() => {
      if (this.#size === size && this.#kill()) this.timedOut = true;
    });
  }

  /**
   * Kills the program, and returns whether it was there. To be called after the I/O events of a turn: one of them can
   * be the end of the supervisor.
   */
  #kill(): boolean {
    const { number } = splitNumber(Buffer.concat(this.#stdout));
    if (this.#hasEnded || !(number > 1)) return false;
    try {
      return process.kill(number, 'SIGKILL');
    } catch {
      return false;
    }
  }
}
