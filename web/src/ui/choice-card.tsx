import { Radio, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './choice-card.module.css';

interface ChoiceCardProps {
  value: string;
  title: string;
  /** Beside the title: a mark of the choice that holds now. */
  badge?: ReactNode;
  /** At the right edge: a price. */
  aside?: string;
  description?: ReactNode;
}

/** One choice of a `Radio.Group` with room for what speaks for it. */
export const ChoiceCard = ({ value, title, badge, aside, description }: ChoiceCardProps) => (
  <Radio.Card value={value} className={classes.card} aria-label={[title, aside].filter(Boolean).join(', ')}>
    <Radio.Indicator mt={2} />
    <span className={classes.words}>
      <span className={classes.head}>
        <span className={classes.title}>
          {title}
          {badge}
        </span>
        {aside && (
          <Text size="sm" component="span" className="ui-numbers">
            {aside}
          </Text>
        )}
      </span>
      {description && (
        <Text size="sm" c="dimmed" component="span" display="block">
          {description}
        </Text>
      )}
    </span>
  </Radio.Card>
);
