import {
  Alert,
  Anchor,
  Button,
  Card,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Modal,
  Paper,
  Table,
  Tooltip,
} from '@mantine/core';

/** The one accent. Shade 6 carries white text at 5:1; shade 4 is legible on the dark ground. */
const brand: MantineColorsTuple = [
  '#f0f4ff',
  '#dfe7fd',
  '#bccbfa',
  '#94adf6',
  '#7c9af3',
  '#5c80ee',
  '#3459d6',
  '#2d50c7',
  '#2644a6',
  '#1c337d',
];
// Signals: shade 6 is dark enough for text on its own tint, which Mantine's stock shades are not.
const red: MantineColorsTuple = [
  '#fff1f0',
  '#fde0de',
  '#f9bdb9',
  '#f59690',
  '#ef7870',
  '#e25048',
  '#bf2f28',
  '#a52520',
  '#87201c',
  '#641917',
];
const green: MantineColorsTuple = [
  '#ecf9f1',
  '#d6f1e0',
  '#abe2c1',
  '#79d09d',
  '#52bd80',
  '#2f9d63',
  '#14713f',
  '#115f36',
  '#0f4e2e',
  '#0c3c24',
];
const orange: MantineColorsTuple = [
  '#fff6e9',
  '#fdead0',
  '#fad29c',
  '#f5b763',
  '#eea03a',
  '#cc7a12',
  '#92540a',
  '#7b4709',
  '#643a0a',
  '#4b2c0a',
];
/** Cool neutral ground for the dark scheme, 0 lightest. */
const dark: MantineColorsTuple = [
  '#e6e9ef',
  '#c3c9d4',
  '#a3abba',
  '#6f7888',
  '#454d5c',
  '#343b49',
  '#262c38',
  '#1b2029',
  '#141820',
  '#0e1117',
];
const gray: MantineColorsTuple = [
  '#f7f8fa',
  '#f0f2f5',
  '#e5e8ed',
  '#d6dae1',
  '#bcc2cd',
  '#98a1b0',
  '#6b7484',
  '#4d5564',
  '#333a47',
  '#1b202a',
];

export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: 6,
  colors: { brand, red, green, orange, yellow: orange, dark, gray },
  black: '#161a22',
  fontFamily: "'Inter Variable', ui-sans-serif, system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '18px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: {
    fontWeight: '640',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  components: {
    // Underlined, because colour alone does not tell a link from the words around it.
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Button: Button.extend({ defaultProps: { radius: 'md' } }),
    Card: Card.extend({
      defaultProps: { withBorder: true, radius: 'lg', padding: 'lg', bg: 'var(--mantine-color-body)' },
    }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.45, blur: 2 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
    Paper: Paper.extend({ defaultProps: { radius: 'lg' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } },
    }),
  },
});

const TINTED = ['brand', 'red', 'green', 'orange', 'yellow', 'gray'];

/** Mantine's `light` variants (buttons, alerts, badges) on our tints; its own are garish in the dark. */
const tints = (tint: (color: string) => [ground: string, hover: string, text: string]) =>
  Object.fromEntries(
    TINTED.flatMap((color) => {
      const [ground, hover, text] = tint(`--mantine-color-${color}`);
      return [
        [`--mantine-color-${color}-light`, ground],
        [`--mantine-color-${color}-light-hover`, hover],
        [`--mantine-color-${color}-light-color`, text],
      ];
    }),
  );

/** Colours by role. Page code names a role and never a shade; `global.css` derives the rest. */
export const colorVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...tints((color) => [`var(${color}-0)`, `var(${color}-1)`, `var(${color}-7)`]),
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-error': 'var(--mantine-color-red-6)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--ui-ground': 'var(--mantine-color-gray-0)',
    '--ui-line': 'var(--mantine-color-gray-2)',
    '--ui-hover': 'var(--mantine-color-gray-0)',
    '--ui-good': 'var(--mantine-color-green-6)',
    '--ui-good-tint': 'var(--mantine-color-green-0)',
    '--ui-bad': 'var(--mantine-color-red-6)',
    '--ui-bad-tint': 'var(--mantine-color-red-0)',
    '--ui-warn': 'var(--mantine-color-orange-6)',
    '--ui-warn-tint': 'var(--mantine-color-orange-0)',
    '--ui-busy': 'var(--mantine-color-brand-7)',
    '--ui-busy-tint': 'var(--mantine-color-brand-0)',
    '--ui-quiet': 'var(--mantine-color-gray-7)',
    '--ui-quiet-tint': 'var(--mantine-color-gray-1)',
  },
  dark: {
    ...tints((color) => [
      `color-mix(in srgb, var(${color}-5) 20%, transparent)`,
      `color-mix(in srgb, var(${color}-5) 30%, transparent)`,
      `var(${color}-2)`,
    ]),
    '--mantine-color-body': 'var(--mantine-color-dark-7)',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-default-border': 'var(--mantine-color-dark-4)',
    '--ui-ground': 'var(--mantine-color-dark-8)',
    '--ui-line': 'var(--mantine-color-dark-5)',
    '--ui-hover': 'var(--mantine-color-dark-6)',
    '--ui-good': 'var(--mantine-color-green-3)',
    '--ui-good-tint': 'rgb(47 157 99 / 18%)',
    '--ui-bad': 'var(--mantine-color-red-3)',
    '--ui-bad-tint': 'rgb(226 80 72 / 18%)',
    '--ui-warn': 'var(--mantine-color-orange-3)',
    '--ui-warn-tint': 'rgb(204 122 18 / 18%)',
    '--ui-busy': 'var(--mantine-color-brand-3)',
    '--ui-busy-tint': 'rgb(92 128 238 / 20%)',
    '--ui-quiet': 'var(--mantine-color-dark-1)',
    '--ui-quiet-tint': 'var(--mantine-color-dark-5)',
  },
});

/** What a colour says. `busy` is the accent: something is going on. */
export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'quiet';
export const toneColor = (tone: Tone) => `var(--ui-${tone})`;
export const toneTint = (tone: Tone) => `var(--ui-${tone}-tint)`;
