/** What a rung of the ladder is made of. */
import type { TransactionContext } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import type { AutomationSettings } from './settings.ts';

export const RUNG_NAMES = [
  'end_of_term',
  'renewal_invoice',
  'collect',
  'remind',
  'suspend',
  'propose_termination',
] as const;
export type RungName = (typeof RUNG_NAMES)[number];

/** Each of these is done at most once per rung and due day, whoever runs the ladder and however often. */
export interface Subject {
  kind: 'invoice' | 'service';
  id: string;
}

export interface Due {
  /** All of them are done together or not at all. */
  subjects: Subject[];
  /** The day the rung's days are counted from. */
  dueOn: string;
  /** Why, for people who ask first; the rung says what is done and the subjects to what. */
  text: string;
  /**
   * Do it, in the transaction that marks it as done.
   *
   * @param fresh ids of the subjects that no other run has dealt with meanwhile; at least one
   * @throws Conflict when it cannot or need not be done now: nothing is marked, and the next night looks again
   */
  act(tx: TransactionContext, fresh: string[]): Promise<void>;
}

export interface Look {
  /** What was due on this day or before it. */
  dueBy: string;
  /** Under which name the effect is marked. */
  step: string;
  /** How many days after the due day this is. */
  days: number;
  /** The shop's day for which the ladder is climbed, and the one it is now; they differ when a night was missed. */
  day: string;
  today: string;
  /** When that one began. */
  todayBegan: Date;
  settings: AutomationSettings;
}

export interface Rung {
  name: RungName;
  countedFrom: 'end of the paid period' | 'due day of the invoice';
  /** Days after that, ascending; negative is before it. */
  days(settings: AutomationSettings): number[];
  /**
   * Whether each of the days is an effect of its own. One that does not repeat is done once per due day, also when its day
   * is changed afterwards.
   */
  repeats?: true;
  /** In words, for the admin and the docs. */
  does: string;
  /** What has reached the rung and is not marked for it yet. Reads only. */
  due(db: Db, look: Look): Promise<Due[]>;
}

/** Under which name what a rung does on that day is marked. */
export const stepName = ({ name, repeats }: Pick<Rung, 'name' | 'repeats'>, days: number): string =>
  repeats ? `${name}:${days}` : name;
