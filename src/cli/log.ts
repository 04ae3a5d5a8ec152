import yoctoSpinner from 'yocto-spinner';
import { printable } from '../common/escape.ts';
import type { Log } from '../common/log.ts';
import { asOption, spell } from '../common/message.ts';

/** Progress on stderr: a moving line for each stage on a terminal, a plain one in a log, nothing but warnings if quiet. */
export function terminalLog(stream: NodeJS.WriteStream, quiet: boolean): Log & { abandon(): void } {
  const spinner = stream.isTTY && !quiet ? yoctoSpinner({ stream }) : undefined;
  let stage = '';
  let begun = 0;
  return {
    stage(what) {
      stage = what;
      begun = performance.now();
      spinner?.start(what);
    },
    done(result) {
      const line = `${stage}: ${printable(result)} (${((performance.now() - begun) / 1000).toFixed(1)} s)`;
      if (spinner !== undefined) spinner.success(line);
      else if (!quiet) stream.write(`${line}\n`);
    },
    warn(message) {
      spinner?.clear();
      stream.write(`warning: ${printable(spell(message, asOption))}\n`);
    },
    abandon() {
      spinner?.stop();
    },
  };
}
