import { useForm } from '@mantine/form';
import type { Api } from '../../api/types.ts';
import { DeclaredFields, declaredValues } from '../../ui/declared-fields.tsx';
import { Section } from '../../ui/section.tsx';

/** What the module asks customers at the order, as they will see it. Nothing here is sent. */
export function OrderFieldsPreview({ fields }: { fields: Api<'Field'>[] }) {
  const form = useForm({ initialValues: { answers: declaredValues(fields) } });
  return (
    <Section title="Asked at the order" description="Comes from the module; shown here as customers see it.">
      <fieldset disabled style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
        <DeclaredFields fields={fields} form={form} prefix="answers" />
      </fieldset>
    </Section>
  );
}
