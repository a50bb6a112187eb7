import { Textarea, type TextareaProps } from '@mantine/core';
import { type Ref, useState } from 'react';
import classes from './source-field.module.css';

interface Props extends Pick<TextareaProps, 'label' | 'description' | 'error' | 'onChange' | 'onFocus' | 'onBlur'> {
  ref: Ref<HTMLTextAreaElement>;
  value: string;
  rows: number;
  /** The line that is marked as wrong, from 1. */
  wrongLine: number | undefined;
}

/** Text of several lines that people talk about by line: each has its number, and none is wrapped. */
export function SourceField({ value, wrongLine, rows, ...rest }: Props) {
  const [scrolled, setScrolled] = useState(0);
  const lines = value.split('\n').length;
  return (
    <Textarea
      {...rest}
      value={value}
      rows={rows}
      withAsterisk
      spellCheck={false}
      autoCapitalize="off"
      wrap="off"
      classNames={{ input: classes.input }}
      onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
      inputContainer={(input) => (
        <div className={classes.frame}>
          <div className={classes.numbers} style={{ transform: `translateY(${-scrolled}px)` }} aria-hidden>
            {Array.from({ length: lines }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              <span key={index} className={index + 1 === wrongLine ? classes.wrong : undefined}>
                {index + 1}
              </span>
            ))}
          </div>
          {input}
        </div>
      )}
    />
  );
}
