import { Button, type ButtonProps } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface DownloadButtonProps extends ButtonProps {
  /** A path of the API that answers a file; the browser names it as the answer says. */
  href: string;
  children: ReactNode;
}

/** Brings a file onto the reader's disk. */
export const DownloadButton = ({ href, children, ...rest }: DownloadButtonProps) => (
  <Button
    component="a"
    href={href}
    download
    variant="default"
    leftSection={<IconDownload size={16} aria-hidden />}
    {...rest}
  >
    {children}
  </Button>
);
