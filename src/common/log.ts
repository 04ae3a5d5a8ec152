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
