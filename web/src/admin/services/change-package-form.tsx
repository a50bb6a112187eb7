import { Checkbox, Text } from '@mantine/core';
import { useState } from 'react';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { PackageChangeForm } from '../../packages/package-change-form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Loaded } from '../shared/loaded.tsx';

/** Moves a service to another package for the difference of the days left, which staff may waive. */
export function ChangePackageForm({ service, onDone }: { service: Api<'Service'>; onDone: () => void }) {
  const packages = useApiQuery('/api/v1/services/{id}/packages', { path: { id: service.id } });
  const [charge, setCharge] = useState(true);
  return (
    <Loaded query={packages}>
      {(data) => (
        <PackageChangeForm
          door="staff"
          serviceId={service.id}
          packages={data}
          terms={{ charge, useCredit: false }}
          termsFields={(quote) => (
            <>
              <Checkbox
                label="Charge or credit the difference"
                description="Otherwise the move is made at once and for nothing; the audit log says so."
                checked={charge}
                onChange={(event) => setCharge(event.currentTarget.checked)}
              />
              {charge && quote.dueMinor > 0 && (
                <Text size="sm" c="dimmed">
                  The customer gets an invoice; the panel hears of the change once it is paid.
                </Text>
              )}
            </>
          )}
          onDone={(change) => {
            onDone();
            notifySuccess(
              change?.state === 'unpaid' ? 'It waits for its invoice to be paid.' : 'The change is queued.',
            );
          }}
        />
      )}
    </Loaded>
  );
}
