/** pkgacct in the background: a session that says RUNNING for a few polls, then how it ended. */
import { randomUUID } from 'node:crypto';
import { type Outcome, ownAccount, type WhmCall, type WhmFunctions } from './call.ts';
import { refuse } from './messages.ts';

export const backupFunctions: WhmFunctions = {
  start_background_pkgacct: { acl: 'all', run: startBackup },
  get_pkgacct_session_state: { acl: 'all', run: backupState },
};

function startBackup(call: WhmCall): Outcome {
  const { panel, parameters } = call;
  const { user } = ownAccount(call, parameters.required('user'));
  const session = `${user}${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const directory = parameters.text('tarroot') ?? `/home/${user}`;
  panel.backups.set(session, { session, user, directory, pollsLeft: panel.settings.backupPolls });
  const log = `/var/cpanel/pkgacct_sessions/${session}/master.log`;
  return { data: { session_id: session, complete_master_log: log, complete_master_error_log: `${log}.error` } };
}

/** An account removed meanwhile does not stop it: the real one does not guard against that either. */
function backupState({ panel, parameters }: WhmCall): Outcome {
  const session = parameters.required('session_id');
  const backup =
    panel.backups.get(session) ?? refuse('parameterInvalid', { name: 'session_id', reason: `“${session}” is unknown` });
  if (backup.pollsLeft === 0) return { data: { state: panel.settings.backupResult } };
  panel.backups.set(session, { ...backup, pollsLeft: backup.pollsLeft - 1 });
  return { data: { state: 'RUNNING' } };
}
