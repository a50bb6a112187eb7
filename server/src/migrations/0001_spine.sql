-- Hostwright's spine. Ids are UUIDv7 made by the application; money is bigint minor units beside its ISO 4217
-- currency; instants are timestamptz written from the application's clock; calendar days are date.

-- kit: what happened, who did it, and work that remembers its steps ---------------------------------------------

create table event (
  id bigint generated always as identity primary key,
  type text not null,
  subject_kind text not null,
  subject_id uuid not null,
  payload jsonb not null,
  actor jsonb not null,
  correlation_id uuid not null,
  created_at timestamptz not null
);
create index event_subject on event (subject_kind, subject_id, id);
create index event_correlation on event (correlation_id, id);

create table audit (
  id bigint generated always as identity primary key,
  action text not null,
  subject_kind text not null,
  subject_id uuid,
  before jsonb,
  after jsonb,
  actor jsonb not null,
  correlation_id uuid not null,
  created_at timestamptz not null
);
create index audit_subject on audit (subject_kind, subject_id, id);

create table job_step (
  run_id uuid not null,
  name text not null,
  position integer not null,
  state text not null check (state in ('running', 'waiting', 'done', 'skipped', 'failed')),
  attempts integer not null default 0,
  result jsonb,
  note text,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (run_id, name)
);

create table alert (
  id uuid primary key,
  kind text not null,
  subject_kind text not null,
  subject_id uuid not null,
  message text not null,
  what_to_do text not null,
  correlation_id uuid not null,
  created_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by jsonb
);
create unique index alert_one_open on alert (kind, subject_kind, subject_id) where resolved_at is null;

create table number_sequence (
  name text primary key,
  last_number bigint not null
);

create table idempotency_key (
  actor_key text not null,
  key text not null,
  request_hash text not null,
  status integer,
  response jsonb,
  created_at timestamptz not null,
  primary key (actor_key, key)
);

create table setting (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null
);

create table one_time_token (
  token_hash text primary key,
  purpose text not null,
  subject_id uuid,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null
);

-- logins (better-auth's four tables), staff, customers, API keys ------------------------------------------------

create table login_user (
  id uuid primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table login_session (
  id uuid primary key,
  user_id uuid not null references login_user (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index login_session_user on login_session (user_id);

create table login_account (
  id uuid primary key,
  user_id uuid not null references login_user (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index login_account_user on login_account (user_id);

create table login_verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index login_verification_identifier on login_verification (identifier);

create table staff_member (
  user_id uuid primary key references login_user (id),
  role text not null check (role in ('owner', 'admin', 'billing', 'support', 'read_only')),
  created_at timestamptz not null,
  disabled_at timestamptz
);

create table customer (
  id uuid primary key,
  number bigint generated always as identity unique,
  email text not null,
  first_name text not null default '',
  last_name text not null default '',
  company text not null default '',
  address_line1 text not null default '',
  address_line2 text not null default '',
  postal_code text not null default '',
  city text not null default '',
  region text not null default '',
  country text not null default '',
  phone text not null default '',
  tax_id text not null default '',
  currency text not null,
  locale text not null default 'en',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index customer_email on customer (lower(email));

create table customer_user (
  customer_id uuid not null references customer (id),
  user_id uuid not null references login_user (id) on delete cascade,
  role text not null default 'owner' check (role in ('owner', 'billing', 'technical')),
  created_at timestamptz not null,
  primary key (customer_id, user_id)
);
create unique index customer_user_login on customer_user (user_id);

create table api_key (
  id uuid primary key,
  name text not null,
  prefix text not null,
  token_hash text not null unique,
  scopes text[] not null,
  staff_user_id uuid references staff_member (user_id),
  customer_id uuid references customer (id),
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  check (num_nonnulls(staff_user_id, customer_id) = 1)
);

-- provisioning: servers, groups, places, the panel log ----------------------------------------------------------

create table server_group (
  id uuid primary key,
  name text not null unique,
  strategy text not null check (strategy in ('least_loaded', 'fill_first', 'weighted')),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table server (
  id uuid primary key,
  server_group_id uuid not null references server_group (id),
  name text not null unique,
  module_id text not null,
  hostname text not null,
  port integer not null check (port between 1 and 65535),
  tls_mode text not null check (tls_mode in ('verify', 'pin', 'off')),
  tls_fingerprint text,
  settings jsonb not null,
  sealed_secrets jsonb not null,
  max_accounts integer check (max_accounts >= 0),
  weight integer not null default 1 check (weight between 1 and 1000),
  concurrency integer not null default 1 check (concurrency between 1 and 50),
  nameservers text[] not null default '{}',
  position integer not null default 0,
  maintenance boolean not null default false,
  full_until timestamptz,
  breaker_failures integer not null default 0,
  breaker_open_until timestamptz,
  breaker_reason text,
  last_success_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  check (tls_mode <> 'pin' or tls_fingerprint is not null)
);
create index server_by_group on server (server_group_id) where archived_at is null;

-- Capacity and usernames are held here from before the panel is called. A username is never reused on its server.
create table placement (
  id uuid primary key,
  service_id uuid not null,
  server_id uuid not null references server (id),
  username text not null,
  created_at timestamptz not null,
  released_at timestamptz,
  unique (server_id, username)
);
create unique index placement_one_per_service on placement (service_id) where released_at is null;
create index placement_taken on placement (server_id) where released_at is null;

create table provisioning_log (
  id uuid primary key,
  server_id uuid,
  service_id uuid,
  operation_id uuid,
  correlation_id uuid not null,
  label text not null,
  method text not null,
  url text not null,
  request text not null,
  status integer,
  response text,
  outcome text not null,
  error text,
  duration_ms integer not null,
  created_at timestamptz not null
);
create index provisioning_log_operation on provisioning_log (operation_id, id);
create index provisioning_log_server on provisioning_log (server_id, id);
create index provisioning_log_service on provisioning_log (service_id, id);

-- catalogue -----------------------------------------------------------------------------------------------------

create table product_group (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  description text not null default '',
  position integer not null default 0,
  hidden boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table product (
  id uuid primary key,
  product_group_id uuid not null references product_group (id),
  slug text not null unique,
  name text not null,
  tagline text not null default '',
  description text not null default '',
  features text[] not null default '{}',
  module_id text not null,
  module_settings jsonb not null default '{}',
  server_group_id uuid not null references server_group (id),
  -- Further steps of provisioning this product wants; a module that lacks one skips it and says so.
  with_dns boolean not null default true,
  with_certificate boolean not null default true,
  with_mailbox boolean not null default true,
  with_database boolean not null default false,
  stock integer check (stock >= 0),
  hidden boolean not null default false,
  position integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz
);
create index product_by_group on product (product_group_id, position);

create table product_price (
  product_id uuid not null references product (id),
  currency text not null,
  cycle text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  setup_minor bigint not null default 0 check (setup_minor >= 0),
  primary key (product_id, currency, cycle)
);

create table product_option (
  id uuid primary key,
  product_id uuid not null references product (id),
  code text not null,
  name text not null,
  help text not null default '',
  kind text not null check (kind in ('choice', 'yes_no', 'quantity')),
  min_quantity integer not null default 0,
  max_quantity integer not null default 1,
  position integer not null default 0,
  unique (product_id, code)
);

-- A choice has one row per value; yes/no has one row (what "yes" costs); quantity has one row (what each costs).
create table product_option_value (
  id uuid primary key,
  product_option_id uuid not null references product_option (id) on delete cascade,
  value text not null,
  label text not null,
  is_default boolean not null default false,
  position integer not null default 0,
  unique (product_option_id, value)
);

create table product_option_price (
  product_option_value_id uuid not null references product_option_value (id) on delete cascade,
  currency text not null,
  cycle text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  setup_minor bigint not null default 0 check (setup_minor >= 0),
  primary key (product_option_value_id, currency, cycle)
);

-- billing and payments ------------------------------------------------------------------------------------------

create table invoice (
  id uuid primary key,
  number text not null unique,
  customer_id uuid not null references customer (id),
  state text not null check (state in ('unpaid', 'paid', 'void')),
  currency text not null,
  total_minor bigint not null check (total_minor >= 0),
  paid_minor bigint not null default 0 check (paid_minor >= 0),
  bill_to jsonb not null,
  issued_on date not null,
  due_on date not null,
  correlation_id uuid not null,
  created_at timestamptz not null,
  paid_at timestamptz,
  voided_at timestamptz,
  check (paid_minor <= total_minor)
);
create index invoice_customer on invoice (customer_id, id);
create index invoice_unpaid on invoice (due_on) where state = 'unpaid';

create table invoice_line (
  id uuid primary key,
  invoice_id uuid not null references invoice (id),
  position integer not null,
  kind text not null check (kind in ('recurring', 'setup', 'option', 'upgrade', 'manual')),
  cause_kind text not null,
  cause_id uuid,
  description text not null,
  quantity integer not null default 1,
  unit_minor bigint not null,
  amount_minor bigint not null,
  period_from date,
  period_to date,
  unique (invoice_id, position)
);
create index invoice_line_cause on invoice_line (cause_kind, cause_id);

create table payment (
  id uuid primary key,
  number text unique,
  invoice_id uuid not null references invoice (id),
  customer_id uuid not null references customer (id),
  gateway_id text not null,
  state text not null check (state in ('pending', 'settled', 'declined', 'unknown')),
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  fee_minor bigint not null default 0,
  -- The gateway's own key of this money; the same money is never counted twice.
  reference text,
  idempotency_key text not null unique,
  message text not null default '',
  received_on date,
  actor jsonb not null,
  correlation_id uuid not null,
  created_at timestamptz not null,
  settled_at timestamptz
);
create unique index payment_reference on payment (gateway_id, reference) where reference is not null;
create index payment_invoice on payment (invoice_id, id);
create index payment_open on payment (created_at) where state in ('pending', 'unknown');

-- A customer's credit is the sum of these rows, per currency. Rows never change.
create table credit_entry (
  id uuid primary key,
  customer_id uuid not null references customer (id),
  currency text not null,
  amount_minor bigint not null check (amount_minor <> 0),
  reason text not null,
  cause_kind text not null,
  cause_id uuid,
  actor jsonb not null,
  correlation_id uuid not null,
  created_at timestamptz not null
);
create index credit_entry_customer on credit_entry (customer_id, currency, id);
create unique index credit_entry_once on credit_entry (cause_kind, cause_id, reason) where cause_id is not null;

create table gateway_setting (
  gateway_id text primary key,
  enabled boolean not null default false,
  settings jsonb not null default '{}',
  sealed_secrets jsonb not null default '{}',
  position integer not null default 0,
  updated_at timestamptz not null
);

-- orders --------------------------------------------------------------------------------------------------------

create table "order" (
  id uuid primary key,
  number bigint generated always as identity (start with 1001) unique,
  customer_id uuid not null references customer (id),
  state text not null check (state in ('placed', 'paid', 'active', 'cancelled')),
  currency text not null,
  total_minor bigint not null,
  invoice_id uuid not null references invoice (id),
  gateway_id text,
  actor jsonb not null,
  correlation_id uuid not null,
  placed_at timestamptz not null,
  cancelled_at timestamptz
);
create index order_customer on "order" (customer_id, id);
create unique index order_invoice on "order" (invoice_id);

-- hosting -------------------------------------------------------------------------------------------------------

create table service (
  id uuid primary key,
  number bigint generated always as identity (start with 1001) unique,
  customer_id uuid not null references customer (id),
  order_id uuid not null references "order" (id),
  product_id uuid not null references product (id),
  state text not null check (state in ('pending', 'active', 'suspended', 'terminated', 'cancelled')),
  domain text not null,
  server_id uuid references server (id),
  username text,
  sealed_password text,
  remote_id text,
  remote_data jsonb not null default '{}',
  ip_address text,
  suspend_cause text check (suspend_cause in ('overdue', 'abuse', 'staff')),
  suspend_reason text,
  cycle text not null,
  currency text not null,
  recurring_minor bigint not null,
  -- Day the billing periods are counted from, so that renewals never drift.
  billing_anchor_on date,
  next_due_on date,
  order_answers jsonb not null default '{}',
  option_values jsonb not null default '{}',
  exemptions jsonb not null default '[]',
  created_at timestamptz not null,
  activated_at timestamptz,
  suspended_at timestamptz,
  terminated_at timestamptz,
  updated_at timestamptz not null,
  check ((state = 'suspended') = (suspend_cause is not null))
);
create index service_customer on service (customer_id, id);
create index service_order on service (order_id);
create index service_product on service (product_id);
create index service_server on service (server_id) where server_id is not null;
-- One live service per domain and server group would be too strict for resellers; the panel is the judge of domains.
create index service_domain on service (domain);

alter table placement add foreign key (service_id) references service (id);

create table operation (
  id uuid primary key,
  service_id uuid not null references service (id),
  action text not null check (
    action in ('create', 'suspend', 'unsuspend', 'terminate', 'changePackage', 'changePassword', 'renew')
  ),
  state text not null check (state in ('planned', 'running', 'waiting', 'done', 'failed', 'needs_staff')),
  idempotency_key text not null unique,
  parameters jsonb not null default '{}',
  sealed_parameters text,
  -- What was decided before the panel is called: server, username, reference, when.
  intent jsonb,
  server_id uuid references server (id),
  server_group_id uuid references server_group (id),
  attempts integer not null default 0,
  max_attempts integer not null,
  next_try_at timestamptz,
  wait_reason text check (wait_reason in ('retry', 'server_busy', 'server_unavailable', 'no_capacity', 'queued')),
  -- Raised by every take-over; a worker whose fence is older can no longer write.
  fence bigint not null default 0,
  must_find_first boolean not null default false,
  -- By the database's own clock: it tells a living worker from a dead one.
  heartbeat_at timestamptz,
  error_kind text,
  error_code text,
  error_message text,
  error_detail text,
  actor jsonb not null,
  correlation_id uuid not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- Taken off the list of failed tasks by staff; the operation itself stays.
  hidden_at timestamptz
);
create unique index operation_one_unfinished on operation (service_id)
  where state in ('planned', 'running', 'waiting', 'needs_staff');
create index operation_waiting on operation (server_id, next_try_at, id) where state = 'waiting';
create index operation_waiting_group on operation (server_group_id, next_try_at, id) where state = 'waiting' and server_id is null;
create index operation_live on operation (server_id) where state in ('planned', 'running');
create index operation_live_group on operation (server_group_id) where state in ('planned', 'running') and server_id is null;
create index operation_by_state on operation (state, id);
create index operation_correlation on operation (correlation_id);

-- mail ----------------------------------------------------------------------------------------------------------

create table mail_template (
  key text primary key,
  subject text not null,
  html text not null,
  text text not null,
  updated_at timestamptz not null
);

create table mail (
  id uuid primary key,
  template text not null,
  customer_id uuid references customer (id),
  to_address text not null,
  subject text not null,
  -- The body as sent, encrypted: the welcome mail carries a password. What staff see has the secrets struck out.
  sealed_body text not null,
  state text not null check (state in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  error text,
  idempotency_key text not null unique,
  message_id text,
  cause_kind text,
  cause_id uuid,
  correlation_id uuid not null,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index mail_customer on mail (customer_id, id);
create index mail_cause on mail (cause_kind, cause_id);
create index mail_correlation on mail (correlation_id);
create index mail_queued on mail (created_at) where state = 'queued';
