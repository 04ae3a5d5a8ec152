import { splitNumber } from './supervisor.ts';

/** The limits for a program. If it exceeds one, it is killed. If one is absent, there is no such limit. */
export interface OutputLimits {
  /** Milliseconds without output on stdout. */
  maxSilence?: number;
  /** Milliseconds in total. */
  maxTime?: number;
  /** Bytes on stdout. */
  maxOutput?: number;
  /** Bytes on stderr, if that is a file. */
  maxErrors?: number;
}

/** Milliseconds between two looks at the size of stderr. */
const errorsInterval = 50;

/** The output of a program that runs. It kills the program if that exceeds a limit. */
export class Output {
  readonly #limits: OutputLimits;
  readonly #stdout: Buffer[] = [];
  readonly #stderr: Buffer[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  #silence: NodeJS.Timeout | undefined;
  #size = 0;
  #hasEnded = false;
  /** The limit that the program exceeded. */
  exceeded: keyof OutputLimits | undefined;

  constructor(limits: OutputLimits) {
    this.#limits = limits;
  }

  get stdout(): Buffer {
    return splitNumber(Buffer.concat(this.#stdout)).rest;
  }

  get stderr(): string {
    return Buffer.concat(this.#stderr).toString();
  }

  /** Begins to count the time. `errorsSize` is the present size of stderr, if that is a file. */
  begin(errorsSize: () => number): void {
    const { maxSilence, maxTime, maxErrors } = this.#limits;
    if (maxSilence !== undefined) {
      this.#silence = setInterval(() => this.#endSilence(), maxSilence);
      this.#timers.push(this.#silence);
    }
    if (maxTime !== undefined) this.#timers.push(setTimeout(() => this.#exceed('maxTime'), maxTime));
    if (maxErrors !== undefined) {
      const look = () => errorsSize() > maxErrors && this.#exceed('maxErrors');
      this.#timers.push(setInterval(look, errorsInterval));
    }
  }

  /** To be called as soon as the supervisor has ended: the process number may be another program's from then on. */
  end(): void {
    this.#hasEnded = true;
    for (const timer of this.#timers) clearInterval(timer);
  }

  addStdout(chunk: Buffer): void {
    if (this.exceeded === 'maxOutput') return;
    this.#silence?.refresh();
    this.#stdout.push(chunk);
    this.#size += chunk.length;
    if (this.#size <= (this.#limits.maxOutput ?? Infinity)) return;
    this.exceeded = 'maxOutput';
    setImmediate(() => this.#kill());
  }

  addStderr(chunk: Buffer): void {
    this.#stderr.push(chunk);
  }

  /** Kills the program unless output or its end is still to be handled, because relopack itself was busy. */
  #endSilence(): void {
    const size = this.#size;
    setImmediate(() => {
      if (this.#size === size) this.#exceed('maxSilence');
    });
  }

  #exceed(limit: keyof OutputLimits): void {
    if (this.#kill()) this.exceeded ??= limit;
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
