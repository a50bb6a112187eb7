-- What a provider says of a payment whose customer disputes it at their bank. The books follow when staff decide.

alter table payment
  add column dispute_state text check (dispute_state in ('open', 'won', 'lost')),
  -- How much of it is disputed; null when the provider reckons in another currency.
  add column dispute_minor bigint,
  -- In the provider's words.
  add column dispute_reason text,
  add column disputed_at timestamptz,
  add check ((dispute_state is null) = (disputed_at is null));
