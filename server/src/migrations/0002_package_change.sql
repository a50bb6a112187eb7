-- Moving a service to another product, as it was quoted when it was asked for. `unpaid` waits for its invoice, `ready`
-- for its turn, `planned` for the panel.
create table package_change (
  id uuid primary key,
  service_id uuid not null references service (id),
  state text not null check (state in ('unpaid', 'ready', 'planned', 'done', 'abandoned')),
  from_product_id uuid not null references product (id),
  to_product_id uuid not null references product (id),
  option_values jsonb not null,
  currency text not null,
  old_recurring_minor bigint not null,
  new_recurring_minor bigint not null,
  -- False when staff waived it: nothing is asked for and nothing given back.
  charged boolean not null,
  -- Positive is what the invoice asks for; negative becomes credit when the panel has confirmed the move.
  due_minor bigint not null,
  -- First and last day the difference was reckoned for; unknown when it is not charged.
  period_from date,
  period_to date,
  invoice_id uuid unique references invoice (id),
  operation_id uuid unique references operation (id),
  end_reason text,
  actor jsonb not null,
  correlation_id uuid not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  check (charged = (period_from is not null and period_to is not null)),
  check ((state = 'unpaid') <= (invoice_id is not null)),
  check ((state in ('done', 'abandoned')) = (ended_at is not null))
);
create unique index package_change_one_open on package_change (service_id)
  where state in ('unpaid', 'ready', 'planned');
create index package_change_service on package_change (service_id, id);
