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
