-- Identity: a second factor, known devices, sessions one can look at, staff who act as a customer, and invitations.

-- The secret is sealed for `two_factor:<user_id>`. Without `confirmed_at` it was shown, and no code of it has come back.
create table two_factor (
  user_id uuid primary key references login_user (id) on delete cascade,
  sealed_secret text not null,
  confirmed_at timestamptz,
  -- The 30-second step of the last code that was used: a code is good once.
  last_step bigint not null default 0,
  failed_count integer not null default 0,
  failed_since timestamptz,
  created_at timestamptz not null
);

create table backup_code (
  id uuid primary key,
  user_id uuid not null references two_factor (user_id) on delete cascade,
  code_hash text not null,
  used_at timestamptz
);
create index backup_code_user on backup_code (user_id);

-- Browsers a login was used in, by the hash of a cookie.
create table login_device (
  user_id uuid not null references login_user (id) on delete cascade,
  device_hash text not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  primary key (user_id, device_hash)
);

alter table login_session
  add column last_seen_at timestamptz,
  -- Staff look at the shop as this customer until then.
  add column impersonated_customer_id uuid references customer (id) on delete set null,
  add column impersonated_until timestamptz;

-- What a link is about besides its subject: the new address of a login.
alter table one_time_token add column detail text;

-- Into the shop's staff, or with a customer into its users.
create table invitation (
  id uuid primary key,
  customer_id uuid references customer (id),
  email text not null,
  role text not null,
  invited_by jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  check (
    case when customer_id is null then role in ('owner', 'admin', 'billing', 'support', 'read_only')
    else role in ('owner', 'billing', 'technical') end
  )
);
create unique index invitation_one_open on invitation (email, customer_id) nulls not distinct
  where accepted_at is null and revoked_at is null;
create index invitation_customer on invitation (customer_id);
