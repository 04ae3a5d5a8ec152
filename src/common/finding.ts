import type { Message } from './message.ts';

/** Something that the user should know although the run goes on. */
export interface Finding {
  /** `warning`: the host may not be what its packages say, an error with `strict`. `remark`: never an error. */
  severity: 'warning' | 'remark';
  message: Message;
}
