import { type Log, StageTimer } from '../common/log.ts';
import { spell } from '../common/message.ts';
import { asInput } from './annotation.ts';
import { print } from './print.ts';

/** GitHub shows ten warnings of a step as annotations. The tenth says that the log has more. */
const maxAnnotations = 9;

/** Shows the progress in the log of a workflow run: a line when a stage has ended. Warnings become annotations. */
export function workflowLog(): Log & { abandon(): void } {
  const timer = new StageTimer();
  let warnings = 0;
  return {
    stage(name) {
      timer.begin(name);
    },
    done(result) {
      print.line(timer.end(result));
    },
    warn(message) {
      const text = spell(message, asInput);
      warnings += 1;
      if (warnings <= maxAnnotations) print.warning(text);
      else print.line(`warning: ${text}`);
      if (warnings === maxAnnotations + 1) print.warning('The log has more warnings.');
    },
    abandon() {
      if (timer.running) print.line(timer.end('failed'));
    },
  };
}
