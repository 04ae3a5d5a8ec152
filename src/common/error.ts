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
 * The one error that a user can mend: what is wrong, and what to do about it.
 * Anything else that is thrown is a defect of relopack, and shows its stack.
 */
export class RelopackError extends Error {
  readonly code: ErrorCode;
  /** What the reader can do about it, as a sentence or a command. */
  readonly remedy: string;

  constructor(code: ErrorCode, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RelopackError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** What something that was thrown says, an Error or not. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
