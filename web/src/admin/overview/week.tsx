import { Box, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import { Section } from '../../ui/section.tsx';
import classes from './overview.module.css';

type Day = Api<'QueueStats'>['lastSevenDays'][number];

const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' });

/** Operations of the last seven days: bars for the eye, the same numbers as a table for screen readers. */
export function Week({ days }: { days: Day[] }) {
  const most = Math.max(1, ...days.map((day) => day.done + day.failed));
  return (
    <Section title="Last seven days" description="Operations that were done, and in red those that failed.">
      <Box className={classes.bars} aria-hidden>
        {days.map((day) => (
          <div key={day.day} className={classes.bar}>
            <div className={classes.done} style={{ height: `${(day.done / most) * 100}%` }} />
            {day.failed > 0 && <div className={classes.failed} style={{ height: `${(day.failed / most) * 100}%` }} />}
          </div>
        ))}
      </Box>
      <Group grow gap={8} mt={6} aria-hidden wrap="nowrap">
        {days.map((day) => (
          <Text key={day.day} size="xs" c="dimmed" ta="center">
            {weekday.format(new Date(day.day))}
            <br />
            <span className="ui-numbers">{day.done}</span>
          </Text>
        ))}
      </Group>
      <VisuallyHidden>
        <Table>
          <caption>Operations by day</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Day</Table.Th>
              <Table.Th>Done</Table.Th>
              <Table.Th>Failed</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days.map((day) => (
              <Table.Tr key={day.day}>
                <Table.Td>{day.day}</Table.Td>
                <Table.Td>{day.done}</Table.Td>
                <Table.Td>{day.failed}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </VisuallyHidden>
    </Section>
  );
}
