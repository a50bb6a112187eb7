-- Payments on a page of the provider, cards kept for later, money given back, and what providers tell by themselves.

-- `waiting`: the customer is at the provider's page. It holds nothing up: the page is taken away before anything else
-- is charged.
alter table payment drop constraint payment_state_check;
alter table payment add constraint payment_state_check
  check (state in ('pending', 'waiting', 'settled', 'declined', 'unknown'));
-- The provider's own key of the page, given back to the gateway when it is asked after the charge.
alter table payment add column handle text;
drop index payment_open;
create index payment_open on payment (created_at) where state in ('pending', 'waiting', 'unknown');

-- A customer as a provider knows it.
create table gateway_customer (
  gateway_id text not null,
  customer_id uuid not null references customer (id),
  reference text not null,
  created_at timestamptz not null,
  primary key (gateway_id, customer_id),
  unique (gateway_id, reference)
);

-- What providers keep for customers, as they last said. Nothing here can be charged without them.
create table payment_method (
  id uuid primary key,
  customer_id uuid not null references customer (id),
  gateway_id text not null,
  reference text not null,
  label text not null,
  -- YYYY-MM; null when it does not expire.
  expires_in text check (expires_in ~ '^\d{4}-\d{2}$'),
  is_default boolean not null default false,
  created_at timestamptz not null,
  removed_at timestamptz,
  unique (gateway_id, reference),
  check (not (is_default and removed_at is not null))
);
create index payment_method_customer on payment_method (customer_id, id) where removed_at is null;
create unique index payment_method_one_default on payment_method (customer_id) where is_default;

-- Money given back. The amount and where it goes never change; a refund is `pending` once, and then done or refused.
create table refund (
  id uuid primary key,
  payment_id uuid not null references payment (id),
  target text not null check (target in ('gateway', 'credit', 'by_hand')),
  state text not null check (state in ('pending', 'done', 'refused')),
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- How much of it had become credit, which the customer loses.
  credit_minor bigint not null default 0 check (credit_minor between 0 and amount_minor),
  reason text not null,
  -- The provider's key of this refund, or what staff noted.
  reference text,
  -- Why it was refused, or why it still waits.
  message text not null default '',
  actor jsonb not null,
  correlation_id uuid not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'pending') = (ended_at is null))
);
create index refund_payment on refund (payment_id, id);
create index refund_open on refund (created_at) where state = 'pending';

-- What providers told: each message is heeded once, however often it comes.
create table gateway_notice (
  gateway_id text not null,
  notice_id text not null,
  about text not null,
  received_at timestamptz not null,
  primary key (gateway_id, notice_id)
);
create index gateway_notice_received on gateway_notice (gateway_id, received_at);
