import * as core from '@actions/core';
import { printable } from '../common/escape.ts';

/**
 * Prints to the log of a workflow. The other files of the action print only by these functions, so that no name of a
 * file or field of a package is a command to the runner.
 */
export const print = {
  line(text: string): void {
    core.info(printable(text));
  },

  /** An annotation, which the page of the workflow run shows too. */
  error(text: string, title: string): void {
    core.error(printable(text), { title });
  },

  /** An annotation as well. */
  warning(text: string): void {
    core.warning(printable(text), { title: 'relopack' });
  },

  /** A line that the log shows only if the job has debug logging. */
  debug(text: string): void {
    core.debug(printable(text));
  },

  /** Prints what `use` prints as a group, which is folded. */
  async group<T>(name: string, use: () => Promise<T> | T): Promise<T> {
    return await core.group(printable(name), async () => use());
  },
};
