import { IconExternalLink } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { CancelForm } from '../../cancellation/cancel-form.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { ActionMenu } from '../../ui/action-menu.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { usePanelWindow } from '../../ui/use-panel-window.ts';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { ChangePackageForm } from './change-package-form.tsx';
import { ChangePasswordForm } from './change-password-form.tsx';
import { RenewForm } from './renew-form.tsx';
import { SuspendForm } from './suspend-form.tsx';

type Service = Api<'Service'>;
type Verb = 'create' | 'suspend' | 'unsuspend' | 'changePackage' | 'changePassword' | 'renew' | 'cancel' | 'terminate';

/** The verbs in the order of the menu. Those that ask for something have a form, the others ask for a yes. */
const VERBS: { verb: Verb; label: string; form?: (props: { service: Service; onDone: () => void }) => ReactNode }[] = [
  { verb: 'create', label: 'Create account' },
  { verb: 'suspend', label: 'Suspend', form: SuspendForm },
  { verb: 'unsuspend', label: 'Unsuspend' },
  { verb: 'changePackage', label: 'Change package', form: ChangePackageForm },
  { verb: 'changePassword', label: 'Change password', form: ChangePasswordForm },
  { verb: 'renew', label: 'Renew until another day', form: RenewForm },
  { verb: 'cancel', label: 'Cancel for the customer', form: StaffCancelForm },
  { verb: 'terminate', label: 'Terminate' },
];

/** What can be done to a service. A verb that cannot be used now says why in its place. */
export function ServiceVerbs({ service }: { service: Service }) {
  const roleRefusal = useRoleRefusal();
  const [asking, setAsking] = useState<Verb | null>(null);
  // Giving up ends in the panel's terminate, so it is refused where that is.
  const refusalOf = (verb: string) =>
    roleRefusal('services:write') ?? service.refusals[verb === 'cancel' ? 'terminate' : verb] ?? null;
  const asked = VERBS.find(({ verb }) => verb === asking);
  const panel = usePanelWindow(() => send('post', '/api/v1/services/{id}/sign-on', { path: { id: service.id } }));
  const close = () => setAsking(null);
  return (
    <>
      <ActionButton
        variant="default"
        refusal={refusalOf('signOn')}
        loading={panel.opening}
        leftSection={<IconExternalLink size={16} aria-hidden />}
        onClick={panel.open}
      >
        Sign on
      </ActionButton>
      <ActionMenu
        label="Actions"
        variant="filled"
        actions={VERBS.map(({ verb, label, form }) => ({
          label,
          refusal: refusalOf(verb),
          danger: verb === 'terminate',
          onChoose: () => (form ? setAsking(verb) : askAndRun(service, verb)),
        }))}
      />
      <Dialog opened={asked !== undefined} onClose={close} title={`${asked?.label ?? ''}: ${service.domain}`}>
        {asked?.form && <asked.form service={service} onDone={close} />}
      </Dialog>
    </>
  );
}

function StaffCancelForm(props: { service: Service; onDone: () => void }) {
  return <CancelForm door="staff" {...props} />;
}

function askAndRun(service: Service, verb: Verb) {
  const path = { id: service.id };
  const queued = () => notifySuccess('It is queued; watch it under operations.');
  switch (verb) {
    case 'create':
      return confirm({
        title: `Create the account of ${service.domain}?`,
        body: 'A server is chosen and the account is made, as if the order had just been paid.',
        confirmLabel: 'Create account',
        run: () => send('post', '/api/v1/services/{id}/create', { path, body: {} }).then(queued),
      });
    case 'unsuspend':
      return confirm({
        title: `Bring ${service.domain} back?`,
        body: 'The site is online again as soon as the panel has done it.',
        confirmLabel: 'Unsuspend',
        run: () => send('post', '/api/v1/services/{id}/unsuspend', { path, body: {} }).then(queued),
      });
    case 'terminate':
      return confirm({
        title: `Terminate ${service.domain}?`,
        body: 'The account and everything in it is removed from the panel: files, mail, databases. This cannot be taken back.',
        confirmLabel: 'Terminate',
        tone: 'danger',
        typeToConfirm: service.domain,
        run: () =>
          send('post', '/api/v1/services/{id}/terminate', { path, body: { confirmDomain: service.domain } }).then(
            queued,
          ),
      });
    default:
      throw new Error(`${verb} is asked for with a form`);
  }
}
