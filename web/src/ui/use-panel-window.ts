import { useState } from 'react';
import { confirm } from './confirm.tsx';
import { notifyProblem } from './notify.tsx';
import { useSession } from './session.tsx';

/** Opens the control panel in a window of its own. @param askForLink one that signs in */
export function usePanelWindow(askForLink: () => Promise<{ url: string }>): { open: () => void; opening: boolean } {
  const { shop } = useSession();
  const [opening, setOpening] = useState(false);
  const openNow = async () => {
    // The window is opened within the press, since browsers block one that comes after an answer.
    const panel = window.open('', '_blank');
    setOpening(true);
    try {
      const { url } = await askForLink();
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
      setOpening(false);
    }
  };
  const warn = () =>
    confirm({
      title: 'Open the simulated panel?',
      body: 'This demo has no real control panel. The simulated one runs beside the shop, with a certificate of its own making: your browser warns of it, and only one on the same machine reaches it.',
      confirmLabel: 'Open it',
      run: openNow,
    });
  return { open: shop.demo ? warn : () => void openNow(), opening };
}
