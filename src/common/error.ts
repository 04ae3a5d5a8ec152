import { asOption, type Message, type Spelling, spell } from './message.ts';

/** The kind of an error, as one word that scripts can match. It is the code in `--json` output. */
export type ErrorCode =
  | 'usage'
  | 'unsupported-host'
  | 'rpm-missing'
  | 'rpm-database'
  | 'python-not-found'
  | 'module-not-found'
  | 'module-other-python'
  | 'library-missing'
  | 'file-missing'
  | 'file-changed'
  | 'elf-malformed'
  | 'elf-unsupported'
  | 'loader-unsupported'
  | 'archive-malformed'
  | 'output'
  | 'upload'
  | 'verify-failed';

/**
 * An error that the user can fix: what is wrong, and what to do about it. Every other error is a bug in relopack, and
 * is shown with its stack.
 *
 * `message` and `remedy` name options as the command does. `spelled` names them as another front end does.
 */
export class RelopackError extends Error {
  readonly code: ErrorCode;
  /** The remedy, as a sentence or a command. */
  readonly remedy: string;
  readonly #problem: Message;
  readonly #remedy: Message;

  constructor(code: ErrorCode, problem: Message, remedy: Message, options?: ErrorOptions) {
    super(spell(problem, asOption), options);
    this.name = 'RelopackError';
    this.code = code;
    this.remedy = spell(remedy, asOption);
    this.#problem = problem;
    this.#remedy = remedy;
  }

  /** The message and the remedy, with options in the form of a front end. */
  spelled(spelling: Spelling): { message: string; remedy: string } {
    return { message: spell(this.#problem, spelling), remedy: spell(this.#remedy, spelling) };
  }
}

/** The text of a value that was thrown, whether it is an Error or not. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
