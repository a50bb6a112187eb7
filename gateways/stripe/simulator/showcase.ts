/** The test cards that the pages offer to whoever tries a shop out. They know more of them: `test-cards.ts`. */
import type { Session } from './objects.ts';

export interface ShownCard {
  number: string;
  /** What becomes of it: nothing stands in its way, it is refused, or its bank asks its owner before. */
  end: 'good' | 'refused' | 'asked';
  /** In a few words, by what the page is for; not shown on the other one. */
  payment?: string;
  setup?: string;
}

const SHOWN: ShownCard[] = [
  { number: '4242 4242 4242 4242', end: 'good', payment: 'Pays', setup: 'Is saved' },
  { number: '5555 5555 5555 4444', end: 'good', payment: 'Pays, a Mastercard', setup: 'Is saved, a Mastercard' },
  {
    number: '4000 0027 6000 3184',
    end: 'asked',
    payment: 'Its bank asks you first',
    setup: 'Its bank asks every time',
  },
  { number: '4000 0025 0000 3155', end: 'asked', setup: 'Its bank asks once' },
  { number: '4000 0000 0000 0002', end: 'refused', payment: 'Is declined', setup: 'Cannot be saved' },
  { number: '4000 0000 0000 9995', end: 'refused', payment: 'Has no money left' },
  { number: '4000 0000 0000 0069', end: 'refused', payment: 'Has expired' },
  { number: '4000 0000 0000 0341', end: 'good', setup: 'Is saved, and declined later' },
];

/** Those worth trying on a page of this kind, with what they do there. */
export const shownCards = (mode: Session['mode']): { number: string; end: ShownCard['end']; does: string }[] =>
  SHOWN.flatMap(({ number, end, [mode]: does }) => (does === undefined ? [] : [{ number, end, does }]));
