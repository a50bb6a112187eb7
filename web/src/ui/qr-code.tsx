import { encode } from 'uqr';
import classes from './qr-code.module.css';

/** Light modules around the code, which readers ask for. */
const QUIET = 4;

/** A text for the camera of a telephone. `label` says the same to those who have none at hand or do not see it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg
      className={classes.code}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={dark.join('')} fill="currentColor" />
    </svg>
  );
}
