import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment } from 'react';
import { toneColor } from './theme.ts';

export interface MenuAction {
  label: string;
  /** Why it cannot be used now, in a sentence; null when it can. */
  refusal: string | null;
  /** What cannot be taken back stands apart, in red. */
  danger?: boolean;
  onChoose: () => void;
}

interface ActionMenuProps {
  label: string;
  variant?: 'default' | 'filled';
  actions: MenuAction[];
}

/** Actions of a page that are not its main one. One that cannot be used says why in its place. */
export const ActionMenu = ({ label, variant = 'default', actions }: ActionMenuProps) => (
  <Menu position="bottom-end" width={300} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
    <Menu.Target>
      <Button variant={variant} rightSection={<IconChevronDown size={16} aria-hidden />}>
        {label}
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      {actions.map(({ label, refusal, danger, onChoose }, index) => (
        <Fragment key={label}>
          {danger && index > 0 && <Menu.Divider />}
          {/* Refused items stay reachable by keyboard, so that the reason can be read there. */}
          <Menu.Item
            aria-disabled={refusal !== null}
            closeMenuOnClick={refusal === null}
            c={refusal !== null ? 'dimmed' : danger ? toneColor('bad') : undefined}
            onClick={() => refusal === null && onChoose()}
          >
            {label}
            {refusal && <Text size="xs">{refusal}</Text>}
          </Menu.Item>
        </Fragment>
      ))}
    </Menu.Dropdown>
  </Menu>
);
