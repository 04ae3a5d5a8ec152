import * as core from '@actions/core';
import { escapeWorkflowCommands, stripControls } from '../common/escape.ts';
import { type Log, StageTimer } from '../common/log.ts';
import { spell } from '../common/message.ts';
import { asInput } from './annotation.ts';

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
      core.info(timer.end(escapeWorkflowCommands(result)));
    },
    warn(message) {
      const text = spell(message, asInput);
      warnings += 1;
      if (warnings <= maxAnnotations) core.warning(stripControls(text), { title: 'relopack' });
      else core.info(`warning: ${escapeWorkflowCommands(text)}`);
      if (warnings === maxAnnotations + 1) core.warning('The log has more warnings.', { title: 'relopack' });
    },
    abandon() {
      if (timer.running) core.info(timer.end('failed'));
    },
  };
}
