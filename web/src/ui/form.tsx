import { List, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { refreshScreen } from '../api/query-client.ts';
import { ActionButton } from './action-button.tsx';
import classes from './form.module.css';
import { LeaveGuard } from './leave-guard.tsx';
import { Notice } from './notice.tsx';

type Values = Record<string, unknown>;

// Mantine does not export its form types in a way that Node's resolution finds; these are the same ones.
type FormInput<V extends Values> = NonNullable<Parameters<typeof useForm<V>>[0]>;
type FormState<V extends Values> = ReturnType<typeof useForm<V>>;

interface Sending<V extends Values, A> {
  /** Sends the values; what it throws is shown in the form. */
  send: (values: V) => Promise<A>;
  /** After success, before the screen is read again. */
  onDone?: (answer: A, values: V) => unknown;
  /** Name of a form field for the path of a 422 issue, where the two differ. */
  fieldOf?: (path: string) => string;
}

export type ApiForm<V extends Values> = FormState<V> & {
  sending: boolean;
  problem: ApiProblem | null;
  /** How often sending was refused; a form moves the focus to its first error each time. */
  refusals: number;
  submit: () => Promise<void>;
  fieldOf: (path: string) => string;
};

/** The state of one form that is sent to the API: Mantine's form plus sending, refusal and 422 issues at their fields. */
export function useApiForm<V extends Values, A>(options: FormInput<V> & Sending<V, A>): ApiForm<V> {
  const { send, onDone, fieldOf = (path) => path.replace(/^body\./, ''), ...rest } = options;
  const form = useForm<V>(rest as FormInput<V>);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [refusals, setRefusals] = useState(0);

  const submit = async () => {
    if (sending) return;
    setProblem(null);
    if (form.validate().hasErrors) {
      setRefusals((count) => count + 1);
      return;
    }
    setSending(true);
    try {
      const values = form.getTransformedValues() as V;
      const answer = await send(values);
      form.resetDirty();
      await onDone?.(answer, values);
      void refreshScreen();
    } catch (error) {
      const failure = asProblem(error);
      setProblem(failure);
      form.setErrors(
        Object.fromEntries(failure.issues.map((issue) => [fieldOf(issue.path), asSentence(issue.message)])),
      );
      setRefusals((count) => count + 1);
    } finally {
      setSending(false);
    }
  };
  return { ...form, sending, problem, refusals, submit, fieldOf };
}

interface FormShellProps<V extends Values> {
  form: ApiForm<V>;
  submitLabel: string;
  /** Why it cannot be sent yet, in a sentence; null when it can. What fields can tell belongs into `validate`. */
  submitRefusal?: string | null;
  /** Beside the submit button: a cancel link, for example. */
  secondary?: ReactNode;
  fullWidth?: boolean;
  /** Asks before what was typed is lost by leaving the page: for forms that take a while, not inside dialogs. */
  guarded?: boolean;
  children: ReactNode;
}

/** The frame of every form: fields are locked while it is sent, and a refusal is said at the top and at the fields. */
export function FormShell<V extends Values>(props: FormShellProps<V>) {
  const { form, submitLabel, submitRefusal = null, secondary, fullWidth, guarded = false, children } = props;
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (form.refusals > 0) focusFirstError(element.current);
  }, [form.refusals]);
  return (
    <form
      ref={element}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (submitRefusal === null) void form.submit();
      }}
    >
      {guarded && <LeaveGuard isUnsaved={() => form.isDirty()} />}
      <fieldset disabled={form.sending} style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
        <Stack>
          <FormProblem form={form} />
          {children}
          <div className={guarded ? `${classes.actions} ${classes.guarded}` : classes.actions}>
            {guarded && (
              <span className={classes.unsaved} role="status">
                {form.isDirty() ? 'Not saved yet' : ''}
              </span>
            )}
            {secondary}
            <ActionButton type="submit" refusal={submitRefusal} loading={form.sending} fullWidth={fullWidth}>
              {submitLabel}
            </ActionButton>
          </div>
        </Stack>
      </fieldset>
    </form>
  );
}

/** Why the form was refused. Issues that no field shows are listed here. */
export function FormProblem<V extends Values>({ form }: { form: ApiForm<V> }) {
  if (!form.problem) return null;
  const homeless = form.problem.issues.filter((issue) => !hasField(form.values, form.fieldOf(issue.path)));
  return (
    <div data-form-problem tabIndex={-1}>
      <Notice tone="bad" live>
        {form.problem.detail}
        {homeless.length > 0 && (
          <List size="sm" mt={6}>
            {homeless.map((issue) => (
              <List.Item key={issue.path}>
                {nameOf(issue.path)} {issue.message}
              </List.Item>
            ))}
          </List>
        )}
      </Notice>
    </div>
  );
}

function hasField(values: unknown, path: string): boolean {
  let here = values;
  for (const name of path.split('.')) {
    if (here === null || typeof here !== 'object' || !(name in here)) return false;
    here = (here as Record<string, unknown>)[name];
  }
  return true;
}

/** However a field shows that it was refused: Mantine marks some inputs themselves and some only around them. */
const REFUSED = '[aria-invalid="true"], input[data-error], textarea[data-error], [data-error] input';

function focusFirstError(form: HTMLFormElement | null) {
  // The fields show their errors only after this render.
  requestAnimationFrame(() => {
    const target = form?.querySelector<HTMLElement>(REFUSED) ?? form?.querySelector<HTMLElement>('[data-form-problem]');
    target?.focus();
    target?.scrollIntoView({ block: 'center' });
  });
}

/** The last name of a path, as words: `items.0.orderNote` is "Order note". */
const nameOf = (path: string) =>
  asSentence((path.split('.').findLast((name) => !/^\d*$/.test(name)) ?? '').replace(/([A-Z])/g, ' $1').toLowerCase());

const asSentence = (message: string) => message.charAt(0).toUpperCase() + message.slice(1);
