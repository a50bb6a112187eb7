import { Box, Group, Text } from '@mantine/core';
import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './code-block.module.css';
import { prettyPrint } from './pretty-print.ts';

/** Text of machines, such as a panel's answer: JSON is laid out, long lines wrap, tall texts scroll by themselves. */
export function CodeBlock({ title, text }: { title: string; text: string }) {
  const shown = prettyPrint(text);
  return (
    <Box className={classes.frame}>
      <Group justify="space-between" className={classes.head} wrap="nowrap">
        <Text size="sm" fw={500}>
          {title}
        </Text>
        <CopyButton value={shown} label={`Copy ${title.toLowerCase()}`} />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls must be reachable by keyboard. */}
      <section className={classes.scroll} tabIndex={0} aria-label={title}>
        <pre className={classes.text}>{shown}</pre>
      </section>
    </Box>
  );
}
