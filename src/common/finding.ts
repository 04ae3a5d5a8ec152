import { RelopackError } from './error.ts';
import type { Log } from './log.ts';
import { joinMessages, type Message, message, option } from './message.ts';

/** Something that the user should know although the run goes on. */
export interface Finding {
  /**
   * A `warning` says that the host may differ from its packages, which is an error with `strict`. A `remark` is never
   * an error. The log shows both as warnings.
   */
  severity: 'warning' | 'remark';
  message: Message;
}

/**
 * Logs the findings in their order. If `strict`, the remarks are logged and all warnings are thrown as one
 * RelopackError 'file-changed'.
 */
export function reportFindings(findings: readonly Finding[], strict: boolean, log: Log): void {
  const refused = findings.filter(({ severity }) => strict && severity === 'warning');
  for (const finding of findings) if (!refused.includes(finding)) log.warn(finding.message);
  if (refused.length === 0) return;
  throw new RelopackError(
    'file-changed',
    joinMessages(
      refused.map((finding) => finding.message),
      '; ',
    ),
    message`Reinstall the packages that own these files, or pack without ${option('strict')}.`,
  );
}
