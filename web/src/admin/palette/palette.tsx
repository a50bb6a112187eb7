import { Combobox, Kbd, Loader, Modal, Text, TextInput, UnstyledButton, useCombobox } from '@mantine/core';
import { useDebouncedValue, useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import type { NavSection } from '../../ui/side-shell.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import classes from './palette.module.css';
import { type Destination, useDestinations } from './use-destinations.ts';

/** Typing asks once it rests. */
const REST_MS = 150;

/** The longest text that can be asked for, in characters. */
const LONGEST = 100;

/** Goes anywhere by a few letters: pages of the menu, customers, services, orders, invoices, servers. Ctrl or cmd with K. */
export function Palette({ nav }: { nav: NavSection[] }) {
  const [opened, { open, close }] = useDisclosure();
  useHotkeys([['mod+K', open]], [], true);
  return (
    <>
      <UnstyledButton
        className={classes.opener}
        onClick={open}
        aria-label="Search"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconSearch size={16} aria-hidden />
        <span className={classes.openerWords}>Search</span>
        <Kbd className={classes.openerWords} size="xs" aria-hidden>
          {/Mac|iP/.test(navigator.userAgent) ? '⌘' : 'Ctrl'} K
        </Kbd>
      </UnstyledButton>
      <Modal.Root opened={opened} onClose={close} size="lg" yOffset="12vh">
        <Modal.Overlay backgroundOpacity={0.45} blur={2} />
        <Modal.Content radius="lg" aria-label="Search">
          <Modal.Body p={0}>{opened && <Search nav={nav} onClose={close} />}</Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}

function Search({ nav, onClose }: { nav: NavSection[]; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), REST_MS);
  const navigate = useNavigate();
  const combobox = useCombobox({ opened: true });
  const { groups, searching, refused } = useDestinations(nav, typed.trim(), asked);
  const shown = groups.flatMap(({ items }) => items.map(({ href }) => href)).join();
  // Told to screen readers by ourselves until the arrows take over, which Mantine tells.
  const [first, setFirst] = useState<string | null>(null);
  // Mantine's own comes too late for the field, which then names a list that does not exist.
  const listId = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: Enter takes the first of what is on screen, whenever that changes
  useEffect(() => {
    setFirst(combobox.selectFirstOption());
  }, [shown]);
  const found = groups.some(({ items }) => items.length > 0);
  const note = refused ?? (found || searching ? null : 'Nothing is called that');
  const go = (href: string) => {
    onClose();
    void navigate({ href });
  };
  return (
    <Combobox store={combobox} onOptionSubmit={go}>
      <Combobox.EventsTarget withExpandedAttribute {...(first && { 'aria-activedescendant': first })}>
        <TextInput
          variant="unstyled"
          size="lg"
          px="md"
          aria-label="Search"
          placeholder="A page, a name, a domain, a number"
          leftSection={<IconSearch size={20} aria-hidden />}
          rightSection={searching && <Loader size={16} role="status" aria-label="Searching" />}
          data-autofocus
          maxLength={LONGEST}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={({ key }) => {
            // An open list keeps Escape from the dialog, and here the list is open as long as the dialog is.
            if (key === 'Escape') onClose();
            if (key.startsWith('Arrow')) setFirst(null);
          }}
        />
      </Combobox.EventsTarget>
      <Text role="status" size="sm" c="dimmed" ta="center" className={note ? classes.note : undefined}>
        {note}
      </Text>
      <Combobox.Options
        id={listId}
        className={classes.options}
        display={found ? undefined : 'none'}
        aria-label="Results"
      >
        {groups.map(
          ({ label, items }) =>
            items.length > 0 && (
              <Combobox.Group key={label} label={label}>
                {items.map((item) => (
                  <Option key={item.href} item={item} />
                ))}
              </Combobox.Group>
            ),
        )}
      </Combobox.Options>
    </Combobox>
  );
}

const Option = ({ item: { href, title, subtitle, state, icon: Icon } }: { item: Destination }) => (
  <Combobox.Option value={href} className={classes.option}>
    <Icon size={18} stroke={1.7} aria-hidden />
    <span className={classes.words}>
      {title}
      {subtitle && (
        <Text size="xs" c="dimmed" span truncate>
          {subtitle}
        </Text>
      )}
    </span>
    {state && <StateBadge state={state} />}
  </Combobox.Option>
);
