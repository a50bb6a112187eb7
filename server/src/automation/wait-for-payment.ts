import { Conflict } from '../kit/errors.ts';
import { StepWaiting } from '../kit/steps.ts';

const LOOK_AGAIN_SECONDS = 60;

/** For a job that touches invoices: while one of them is being paid, it is tried again later. */
export async function waitForPayment(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Conflict && error.code === 'payment_in_progress')) throw error;
    throw new StepWaiting('A payment for the renewal is under way.', LOOK_AGAIN_SECONDS);
  }
}
