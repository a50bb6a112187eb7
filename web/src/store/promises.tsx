import { Text, Title } from '@mantine/core';
import { IconBolt, IconReceipt, IconSettings } from '@tabler/icons-react';
import classes from './store.module.css';

/** What holds for every product, because the shop works that way. */
const PROMISES = [
  {
    icon: IconBolt,
    title: 'Set up by itself',
    text: 'Your account is made as soon as your payment is there, and you can watch every step.',
  },
  {
    icon: IconReceipt,
    title: 'No surprise at renewal',
    text: 'What you pay today and what it renews at stand side by side before you order.',
  },
  {
    icon: IconSettings,
    title: 'In your own hands',
    text: 'Log in to your panel, see your invoices, or cancel at the end of the term, all on your own page.',
  },
];

export const Promises = () => (
  <ul className={classes.promises} aria-label="What you can count on">
    {PROMISES.map(({ icon: Icon, title, text }) => (
      <li key={title}>
        <Icon size={22} stroke={1.7} aria-hidden />
        <div>
          <Title order={3} fz="md">
            {title}
          </Title>
          <Text size="sm" c="dimmed" mt={2}>
            {text}
          </Text>
        </div>
      </li>
    ))}
  </ul>
);
