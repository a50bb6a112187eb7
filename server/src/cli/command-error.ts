/** A command cannot do what was asked, for a reason of the command line itself. The message says what to do. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly code: string;

  /** @param code stable and snake_case: scripts read it from `--json` */
  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
