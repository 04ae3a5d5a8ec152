import { printableJson } from '../common/escape.ts';

/** Whether the one JSON object of `--json` was printed. */
let isAnswered = false;

/** Prints the one JSON object of `--json`. */
export function printJson(value: unknown): void {
  isAnswered = true;
  process.stdout.write(`${printableJson(value)}\n`);
}

/**
 * From now on, relopack ends with exit code 1 if stdout or stderr cannot be written, because the disk is full or the reader
 * of a pipe has closed it. The other stream tells the user, if it can be written.
 *
 * If the shell has closed a stream (`>&-`), Node has opened /dev/null in its place, and nothing fails.
 */
export function watchStreams(json: boolean): void {
  const { stdout, stderr } = process;
  stdout.on('error', (error) => end(messageOf('stdout', error), stderr));
  stderr.on('error', (error) => {
    const message = messageOf('stderr', error);
    if (json && isAnswered) process.exit(1);
    end(message, stdout, json ? { error: { code: 'output', message, remedy } } : undefined);
  });
}

const remedy = 'Its output is not complete.';

const causes: Record<string, string> = { ENOSPC: 'the disk is full', EPIPE: 'its reader has closed it' };

function messageOf(stream: string, error: NodeJS.ErrnoException): string {
  return `cannot write to ${stream}: ${causes[error.code ?? ''] ?? error.message}`;
}

/** Ends relopack when the message is written to a stream. If that fails too, there is nobody to tell. */
function end(message: string, to: NodeJS.WriteStream, json?: unknown): void {
  process.exitCode = 1;
  const text = json === undefined ? `relopack: ${message}\n${remedy}` : JSON.stringify(json);
  to.removeAllListeners('error').on('error', () => process.exit());
  to.write(`${text}\n`, () => process.exit());
}

/**
 * Ends relopack when both streams are written, and their errors were handled, which come in a later turn. It does not wait
 * for anything else: a packed module can leave a program running that keeps the pipes of its streams open.
 */
export function endWhenWritten(): void {
  afterWrites(process.stdout, () => afterWrites(process.stderr, () => setImmediate(() => process.exit())));
}

/** Calls `next` when all that was written before is written. An empty write can fail too, so there is none if it can. */
function afterWrites(stream: NodeJS.WriteStream, next: () => void): void {
  if (stream.writableLength === 0) next();
  else stream.write('', next);
}
