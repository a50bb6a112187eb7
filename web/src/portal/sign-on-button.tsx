import { IconExternalLink } from '@tabler/icons-react';
import { send } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { useRightRefusal } from '../ui/session.tsx';
import { usePanelWindow } from '../ui/use-panel-window.ts';

/** Opens the control panel, signed in. */
export function SignOnButton({ service }: { service: Pick<Api<'OwnService'>, 'id' | 'refusals'> }) {
  const rightRefusal = useRightRefusal();
  const { open, opening } = usePanelWindow(() =>
    send('post', '/api/v1/portal/services/{id}/sign-on', { path: { id: service.id }, body: {} }),
  );
  return (
    <ActionButton
      refusal={rightRefusal('technical') ?? service.refusals.signOn}
      loading={opening}
      leftSection={<IconExternalLink size={16} aria-hidden />}
      onClick={open}
    >
      Open control panel
    </ActionButton>
  );
}
