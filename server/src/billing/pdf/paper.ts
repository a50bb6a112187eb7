/** Measures and colours of our documents. A4, in points. */
export const MARGIN = 50;
export const WIDTH = 595.28 - 2 * MARGIN;

export const COLORS = {
  ink: '#1f2933',
  quiet: '#66727f',
  rule: '#d5dbe1',
  shade: '#f3f5f7',
  paid: '#1a7f4b',
  unpaid: '#b45309',
  void: '#8a1c1c',
};

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A day that no reader takes for another: `31 Jan 2026`. @param day YYYY-MM-DD */
export const dayText = (day: string): string => days.format(new Date(`${day}T00:00:00Z`));
