import type { Message } from './message.ts';

/** Where a run says what it does. The terminal and GitHub each have their own. */
export interface Log {
  /** A stage begins, such as "Reading the RPM database". */
  stage(what: string): void;
  /** The stage that runs has come to its end; `result` sums it up. */
  done(result: string): void;
  /** Something that the user should know, although the run goes on. */
  warn(message: Message): void;
}
