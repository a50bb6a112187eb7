import type { Api } from '../../api/types.ts';

/** What staff call the rungs of the ladder. */
export const RUNG_WORDS = {
  end_of_term: 'End of term',
  renewal_invoice: 'Renewal invoice',
  collect: 'Collect from credit and cards',
  remind: 'Reminder',
  suspend: 'Suspend',
  propose_termination: 'Propose termination',
} satisfies Record<Api<'Rung'>['name'], string>;

export const RUN_WORDS = { nightly: 'The whole ladder', ...RUNG_WORDS } satisfies Record<
  Api<'AutomationRun'>['name'],
  string
>;

/** Who had a run begin. */
export const ACTOR_WORDS: Record<string, string> = {
  staff: 'Staff',
  api_key: 'API key',
  job: 'The clock',
  system: 'Command line',
};

/** Days counted from a due day, as people say them: "7 days before", "on the day", "10 and 12 days after". */
export function daysInWords(days: number[]): string {
  const on = days.includes(0) ? ['On the day'] : [];
  const before = days.filter((day) => day < 0).map((day) => -day);
  const after = days.filter((day) => day > 0);
  return [...side(before, 'before'), ...on, ...side(after, 'after')].join(', ') || 'Never';
}

const listFormat = new Intl.ListFormat('en', { type: 'conjunction' });

const side = (days: number[], word: string) =>
  days.length === 0
    ? []
    : [`${listFormat.format(days.map(String))} ${days.length === 1 && days[0] === 1 ? 'day' : 'days'} ${word}`];
