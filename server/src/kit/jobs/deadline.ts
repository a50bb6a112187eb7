/**
 * Run something that ends by itself or by its signal. When the time is up the signal is aborted; when it was aborted, by
 * us or by somebody else, and `run` does not end within `graceMs`, it is left behind and this rejects with the reason.
 */
export async function within(
  seconds: number,
  controller: AbortController,
  graceMs: number,
  run: () => Promise<void>,
): Promise<void> {
  const { signal } = controller;
  signal.throwIfAborted();
  let grace: NodeJS.Timeout | undefined;
  const timeout = setTimeout(
    () => controller.abort(new Error(`The job took longer than ${seconds} seconds.`)),
    seconds * 1000,
  );
  const abandoned = new Promise<never>((_, reject) => {
    const startGrace = () => {
      grace = setTimeout(() => reject(signal.reason), graceMs);
    };
    signal.addEventListener('abort', startGrace, { once: true });
  });
  try {
    await Promise.race([run(), abandoned]);
  } finally {
    clearTimeout(timeout);
    clearTimeout(grace);
  }
}

/** Waits for `ending`, but no longer than so long. */
export async function atMost(ms: number, ending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([ending, late]);
  clearTimeout(timer);
}
