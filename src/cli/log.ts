import yoctoSpinner from 'yocto-spinner';
import { printable } from '../common/escape.ts';
import { type Log, StageTimer } from '../common/log.ts';
import { asOption, spell } from '../common/message.ts';

/**
 * Shows the progress on stderr: a moving line for each stage on a terminal, a plain line anywhere else. If `quiet`, it
 * shows only warnings.
 */
export function terminalLog(stream: NodeJS.WriteStream, quiet: boolean): Log & { abandon(): void } {
  const spinner = stream.isTTY && !quiet ? yoctoSpinner({ stream }) : undefined;
  const timer = new StageTimer();
  return {
    stage(name) {
      timer.begin(name);
      spinner?.start(printable(name));
    },
    done(result) {
      const line = printable(timer.end(result));
      if (spinner !== undefined) spinner.success(line);
      else if (!quiet) stream.write(`${line}\n`);
    },
    warn(message) {
      spinner?.clear();
      stream.write(printable(`warning: ${spell(message, asOption)}\n`));
    },
    abandon() {
      spinner?.stop();
    },
  };
}
