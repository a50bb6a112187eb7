import { useApiQuery } from '../../api/client.ts';
import { Section } from '../../ui/section.tsx';
import { formatDay } from '../../ui/time.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { ForeseenTable } from './foreseen-table.tsx';

const REFRESH_MS = 60_000;

/** What will happen by itself next, to whom and why, while there is still time to prevent it. */
export function NextNight() {
  const night = useApiQuery('/api/v1/automation/next-night', {}, { refetchInterval: REFRESH_MS });
  return (
    <Loaded query={night}>
      {({ day, fromHour, items }) => (
        <Section
          title={`The night of ${formatDay(day)}`}
          description={`Begins after ${fromHour}:00 in the shop’s time zone. This is what it does as things stand now; what is paid or changed until then is left out, and what one step does may spare another.`}
          flush
        >
          <ForeseenTable label="The next night" items={items} empty="Nothing is due" />
        </Section>
      )}
    </Loaded>
  );
}
