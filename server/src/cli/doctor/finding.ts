/** One line of `doctor`. */
export interface Finding {
  /** `fail`: the shop cannot do its work. `warn`: it can, and somebody should look. */
  state: 'ok' | 'warn' | 'fail';
  /** What was looked at, in a word or two. */
  subject: string;
  message: string;
  /** Null when all is well. */
  whatToDo: string | null;
}

export const ok = (subject: string, message: string): Finding => ({ state: 'ok', subject, message, whatToDo: null });
export const warn = (subject: string, message: string, whatToDo: string): Finding => ({
  state: 'warn',
  subject,
  message,
  whatToDo,
});
export const fail = (subject: string, message: string, whatToDo: string): Finding => ({
  state: 'fail',
  subject,
  message,
  whatToDo,
});
