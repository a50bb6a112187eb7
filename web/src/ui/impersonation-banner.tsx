import { Button } from '@mantine/core';
import { IconUserShield } from '@tabler/icons-react';
import { useState } from 'react';
import { send } from '../api/client.ts';
import { notifyProblem } from './notify.tsx';
import { beginAnew, useSession } from './session.tsx';
import classes from './shell.module.css';

/** On every page while a member of staff acts as a customer: who does, until when, and the way back. */
export function ImpersonationBanner() {
  const { impersonator, user, customerId } = useSession();
  const [ending, setEnding] = useState(false);
  if (!impersonator) return null;
  const end = async () => {
    setEnding(true);
    try {
      await beginAnew(`/admin/customers/${customerId}`, () => send('delete', '/api/v1/impersonation', {}));
    } catch (error) {
      notifyProblem(error);
    } finally {
      setEnding(false);
    }
  };
  return (
    <div className={`${classes.acting} ui-screen-only`} role="note">
      <IconUserShield size={18} aria-hidden />
      <span>
        {impersonator.name}, you act as {user?.name || user?.email} until {timeOf(impersonator.until)}. Payments,
        passwords and keys are out of reach.
      </span>
      <Button size="compact-sm" variant="default" loading={ending} onClick={() => void end()}>
        End
      </Button>
    </div>
  );
}

const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const timeOf = (instant: string) => timeFormat.format(new Date(instant));
