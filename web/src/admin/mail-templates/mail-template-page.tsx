import { useApiQuery } from '../../api/client.ts';
import { Loaded } from '../shared/loaded.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { TemplateEditor } from './template-editor.tsx';

export function MailTemplatePage() {
  const key = useRouteId();
  const template = useApiQuery('/api/v1/mail-templates/{key}', { path: { key } });
  return <Loaded query={template}>{(data) => <TemplateEditor key={data.key} template={data} />}</Loaded>;
}
