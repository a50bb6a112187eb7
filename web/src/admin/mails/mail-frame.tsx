import { Text } from '@mantine/core';
import classes from './mail-frame.module.css';

interface Props {
  html: string;
  /** Spoken name of the frame. */
  title: string;
  device?: 'desktop' | 'phone';
}

/** A mail as receivers see it. An empty sandbox: no script, no form and no way out of the frame, whatever it holds. */
export const MailFrame = ({ html, title, device = 'desktop' }: Props) => (
  <iframe
    className={device === 'phone' ? `${classes.frame} ${classes.phone}` : classes.frame}
    sandbox=""
    srcDoc={html}
    title={title}
  />
);

/** The plain text of a mail, for programs and people that show no HTML. */
export const MailText = ({ text }: { text: string }) => (
  <Text component="pre" className={classes.text}>
    {text}
  </Text>
);
