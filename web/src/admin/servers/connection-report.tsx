import { Alert, Badge, Button, Group, List, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleCheck, IconX } from '@tabler/icons-react';
import type { Api } from '../../api/types.ts';
import { toneColor } from '../../ui/theme.ts';

type Report = Api<'ConnectionTest'>;

interface Props {
  report: Report;
  /** Buttons that take over what the panel said; left out where nothing can be changed. */
  onTakeNameservers?: (nameservers: string[]) => void;
  onTakeFingerprint?: (fingerprint: string) => void;
}

/** What a connection test found: whether it works, what the credentials may do, what the panel offers. */
export function ConnectionReport({ report, onTakeNameservers, onTakeFingerprint }: Props) {
  return (
    <Stack gap="md" aria-live="polite">
      <Alert
        color={report.ok ? 'green' : 'red'}
        icon={report.ok ? <IconCircleCheck /> : <IconAlertTriangle />}
        title={report.ok ? 'Connected' : 'Not connected'}
      >
        {report.message}
        {report.version && (
          <Text size="xs" c="dimmed" mt={4}>
            Version {report.version}
            {report.hostname ? ` on ${report.hostname}` : ''}
          </Text>
        )}
      </Alert>
      {report.warnings.length > 0 && (
        <Alert color="orange" icon={<IconAlertTriangle />} title="Worth knowing">
          <List size="sm">
            {report.warnings.map((warning) => (
              <List.Item key={warning}>{warning}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {report.privileges.length > 0 && <Privileges privileges={report.privileges} />}
      {report.packages.length > 0 && <Offered title="Packages" values={report.packages} />}
      {report.nameservers.length > 0 && (
        <Group justify="space-between" align="end">
          <Offered title="Nameservers" values={report.nameservers} />
          {onTakeNameservers && (
            <Button size="xs" variant="default" onClick={() => onTakeNameservers(report.nameservers)}>
              Use these nameservers
            </Button>
          )}
        </Group>
      )}
      {report.fingerprint256 && (
        <Group justify="space-between" align="end">
          <Stack gap={4} flex={1} miw={0}>
            <Text size="sm" fw={500}>
              Certificate it presents now (SHA-256)
            </Text>
            <Text size="xs" ff="monospace" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {report.fingerprint256}
            </Text>
          </Stack>
          {onTakeFingerprint && (
            <Button
              size="xs"
              variant="default"
              onClick={() => report.fingerprint256 && onTakeFingerprint(report.fingerprint256)}
            >
              Pin this certificate
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

function Privileges({ privileges }: { privileges: Report['privileges'] }) {
  return (
    <Table verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Privilege</Table.Th>
          <Table.Th>Needed for</Table.Th>
          <Table.Th>Allowed</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {privileges.map((privilege) => (
          <Table.Tr key={privilege.name}>
            <Table.Td>
              <Text size="sm" ff="monospace">
                {privilege.name}
              </Text>
            </Table.Td>
            <Table.Td>{privilege.neededFor}</Table.Td>
            <Table.Td>
              <Allowed privilege={privilege} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Allowed({ privilege }: { privilege: Report['privileges'][number] }) {
  if (privilege.allowed) {
    return (
      <Group gap={6} wrap="nowrap" c={toneColor('good')}>
        <IconCheck size={16} aria-hidden /> Yes
      </Group>
    );
  }
  return (
    <Group gap={6} wrap="nowrap" c={toneColor(privilege.required ? 'bad' : 'warn')}>
      <IconX size={16} aria-hidden /> {privilege.required ? 'No, and it is required' : 'No, optional'}
    </Group>
  );
}

function Offered({ title, values }: { title: string; values: string[] }) {
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      <Group gap={6}>
        {values.map((value) => (
          <Badge key={value} variant="default" tt="none" fw={500}>
            {value}
          </Badge>
        ))}
      </Group>
    </Stack>
  );
}
