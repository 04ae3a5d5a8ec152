import { asOption, type Message, type Spelling, spell } from './message.ts';

/** What went wrong, as one word that scripts can match; it stands in `--json` output and in annotations. */
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
 * The one error that a user can fix: what is wrong, and what to do about it.
 * Anything else that is thrown is a defect of relopack, and shows its stack.
 *
 * `message` and `remedy` spell options as the command does; `spelled` gives both in the words of another front end.
 */
export class RelopackError extends Error {
  readonly code: ErrorCode;
  /** What the reader can do about it, as a sentence or a command. */
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

  spelled(spelling: Spelling): { message: string; remedy: string } {
    return { message: spell(this.#problem, spelling), remedy: spell(this.#remedy, spelling) };
  }
}

/** What something that was thrown says, an Error or not. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
