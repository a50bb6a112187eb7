/** The faults of a simulator, sorted by what a module can know afterwards. */
import type { FaultKind } from '../simulator.ts';

/** The work is done, and the module is not told. */
export const DONE_UNTOLD: FaultKind[] = ['hang_after', 'reset_after', 'cut', 'error_after'];

/** Nothing is done, and nobody says so in so many words. */
export const NOT_DONE_UNTOLD: FaultKind[] = ['reset_before', 'error_before', 'html'];

/** The panel itself says no. */
export const REFUSED: FaultKind[] = ['refuse', 'rate_block'];

/** An answer delayed so much never comes. */
export const HANG_MS = 3_600_000;
