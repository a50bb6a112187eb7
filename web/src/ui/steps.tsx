import { Loader, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconClock, IconMinus, IconPointFilled, IconX } from '@tabler/icons-react';
import type { Api } from '../api/types.ts';
import { stateLabel } from './state-badge.tsx';
import classes from './steps.module.css';
import { type Tone, toneColor, toneTint } from './theme.ts';
import { formatSeconds, useNow } from './time.tsx';

type Step = Api<'Step'>;

const TONES: Record<Step['state'], Tone> = {
  pending: 'quiet',
  running: 'busy',
  waiting: 'warn',
  done: 'good',
  skipped: 'quiet',
  failed: 'bad',
};

/**
 * The steps of an operation in order, each with how long it took; the running one counts on.
 * Staff also see notes and attempts, which customers need not; steps that do not apply are left out for customers.
 */
export function Steps({ steps, audience }: { steps: Step[]; audience: 'customer' | 'staff' }) {
  const shown = audience === 'staff' ? steps : steps.filter((step) => step.state !== 'skipped');
  return (
    <ol className={classes.steps}>
      {shown.map((step) => (
        <li key={step.name} className={classes.step}>
          <span
            className={classes.mark}
            style={{ color: toneColor(TONES[step.state]), background: toneTint(TONES[step.state]) }}
          >
            <Mark state={step.state} />
          </span>
          <div>
            <div
              className={
                step.state === 'pending' || step.state === 'skipped' ? `${classes.name} ${classes.quiet}` : classes.name
              }
            >
              {step.name.charAt(0).toUpperCase() + step.name.slice(1)}
              <VisuallyHidden>: {stateLabel(step.state)}</VisuallyHidden>
            </div>
            {audience === 'staff' && <StaffNote step={step} />}
          </div>
          <span className={classes.seconds}>
            {step.state === 'running' && step.startedAt ? (
              <Counting since={step.startedAt} />
            ) : (
              step.seconds !== null && step.state !== 'skipped' && formatSeconds(step.seconds)
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

function StaffNote({ step }: { step: Step }) {
  const parts = [step.note, step.attempts > 1 ? `${step.attempts} attempts` : null].filter(Boolean);
  return parts.length > 0 ? <div className={classes.note}>{parts.join(' · ')}</div> : null;
}

function Counting({ since }: { since: string }) {
  const now = useNow(250);
  return <span aria-hidden>{formatSeconds(Math.max(0, Math.floor((now - Date.parse(since)) / 1000)))}</span>;
}

function Mark({ state }: { state: Step['state'] }) {
  switch (state) {
    case 'done':
      return <IconCheck size={15} stroke={2.6} aria-hidden />;
    case 'running':
      return <Loader size={14} color="currentColor" aria-hidden />;
    case 'waiting':
      return <IconClock size={15} aria-hidden />;
    case 'failed':
      return <IconX size={15} stroke={2.6} aria-hidden />;
    case 'skipped':
      return <IconMinus size={15} aria-hidden />;
    case 'pending':
      return <IconPointFilled size={13} aria-hidden />;
    default:
      return state satisfies never;
  }
}
