import * as core from '@actions/core';
import { printable, unobeyed } from '../common/escape.ts';
import type { Log } from '../common/log.ts';
import { asOption, spell } from '../common/message.ts';
import { inInputs } from './annotation.ts';

/** GitHub shows ten warnings of a step as annotations; the tenth of ours says that there are more. */
const mostAnnotations = 9;

/** Progress in the log of a workflow run: a line for each stage when it is over, and warnings as annotations. */
export function workflowLog(): Log & { abandon(): void } {
  let stage = '';
  let begun = 0;
  let warnings = 0;
  const line = (result: string) => {
    core.info(`${stage}: ${unobeyed(result)} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    stage = '';
  };
  return {
    stage(what) {
      stage = what;
      begun = performance.now();
    },
    done: line,
    warn(said) {
      const message = inInputs(spell(said, asOption));
      warnings += 1;
      if (warnings <= mostAnnotations) core.warning(printable(message), { title: 'relopack' });
      else core.info(`warning: ${unobeyed(message)}`);
      if (warnings === mostAnnotations + 1)
        core.warning('There are more warnings in the log.', { title: 'relopack' });
    },
    abandon() {
      if (stage !== '') line('failed');
    },
  };
}
