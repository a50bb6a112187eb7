import { defineGateway, textarea } from '@hostwright/sdk';

/** Money sent by the customer and recorded by staff: bank transfer, cheque, cash. */
export default defineGateway({
  sdk: 1,
  id: 'manual',
  name: 'Bank transfer',
  description: 'Send the money to our bank account; the order goes on when it has arrived.',
  settings: {
    instructions: textarea('Payment instructions', {
      help: 'Shown to the customer with the invoice. {number} becomes the number of the invoice, to be given as the reference.',
      placeholder: 'Please transfer the amount to IBAN … and give {number} as the reference.',
      max: 2000,
    }),
  },
  instructions: ({ settings, invoice }) => settings.instructions.replaceAll('{number}', invoice.number),
});
