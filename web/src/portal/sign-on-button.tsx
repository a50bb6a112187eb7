import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { send } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { notifyProblem } from '../ui/notify.tsx';
import { useRightRefusal } from '../ui/session.tsx';

/** Opens the control panel, signed in. */
export function SignOnButton({ service }: { service: Pick<Api<'OwnService'>, 'id' | 'refusals'> }) {
  const [asking, setAsking] = useState(false);
  const rightRefusal = useRightRefusal();
  const open = async () => {
    // The window is opened within the press, since browsers block one that comes after an answer.
    const panel = window.open('', '_blank');
    setAsking(true);
    try {
      const { url } = await send('post', '/api/v1/portal/services/{id}/sign-on', {
        path: { id: service.id },
        body: {},
      });
      if (panel) {
        panel.opener = null;
        panel.location.replace(url);
      } else {
        window.location.assign(url);
      }
    } catch (error) {
      panel?.close();
      notifyProblem(error);
    } finally {
      setAsking(false);
    }
  };
  return (
    <ActionButton
      refusal={rightRefusal('technical') ?? service.refusals.signOn}
      loading={asking}
      leftSection={<IconExternalLink size={16} aria-hidden />}
      onClick={() => void open()}
    >
      Open control panel
    </ActionButton>
  );
}
