import { buyStarter, byBankTransfer } from './checkout.ts';
import { journey } from './journey.ts';
import { look } from './look.ts';
import { newcomer } from './people.ts';
import { find, ownerAt } from './staff.ts';

journey('an order paid by bank transfer comes alive when staff record the money', async (stage) => {
  const person = newcomer('Bea');
  const customer = await stage.arrive();
  await buyStarter(customer, person, byBankTransfer);
  await customer.getByText('IBAN XX00 0000 0000 0000').waitFor();
  await look(customer, 'Your order is placed');

  const owner = await ownerAt(await stage.arrive());
  await find(owner, 'Invoices', `${person.firstName} ${person.lastName}`);
  await look(owner, /^Invoice /);
  await owner.getByRole('button', { name: 'Record payment' }).click();
  const dialog = owner.getByRole('dialog', { name: 'Record payment' });
  await dialog.getByLabel('Reference').fill(`Statement 12, ${person.domain}`);
  await look(owner, /^Invoice /);
  await dialog.getByRole('button', { name: 'Record payment' }).click();
  await owner.getByText('Recorded; the invoice is paid.').waitFor();
  await owner
    .getByRole('cell', { name: 'Settled' })
    .or(owner.getByRole('definition').filter({ hasText: 'Settled' }))
    .waitFor();

  await look(customer, 'Your hosting is ready');
  await customer.getByRole('link', { name: /^Invoice / }).click();
  await look(customer, /^Invoice /);
  await customer.getByText('Bank transfer').first().waitFor();
});
