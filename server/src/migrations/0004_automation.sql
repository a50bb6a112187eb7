-- The first clock: what has been done for which invoice and service, the runs that did it, and what waits for a decision.

-- hosting: a service that its owner gives up ----------------------------------------------------------------------

create table cancellation_request (
  id uuid primary key,
  service_id uuid not null references service (id),
  timing text not null check (timing in ('at_once', 'end_of_term')),
  reason text not null default '',
  state text not null check (state in ('open', 'withdrawn', 'done')),
  actor jsonb not null,
  correlation_id uuid not null,
  created_at timestamptz not null,
  closed_at timestamptz,
  check ((state = 'open') = (closed_at is null))
);
create unique index cancellation_request_one_open on cancellation_request (service_id) where state = 'open';

-- automation ------------------------------------------------------------------------------------------------------

create table automation_run (
  id uuid primary key,
  -- 'nightly' for the whole ladder, else the one rung of it.
  name text not null,
  -- The shop's calendar day it stands for; later than that when the night was missed.
  day date not null,
  counts jsonb not null default '{}',
  actor jsonb not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index automation_run_by_day on automation_run (name, day) where finished_at is not null;

-- One row for every effect of the ladder, written in the effect's own transaction: this key is why nothing happens twice.
create table automation_step (
  rung text not null,
  subject_kind text not null check (subject_kind in ('invoice', 'service')),
  subject_id uuid not null,
  due_on date not null,
  run_id uuid not null references automation_run (id),
  created_at timestamptz not null,
  primary key (subject_id, rung, due_on)
);

create table termination_proposal (
  id uuid primary key,
  service_id uuid not null references service (id),
  invoice_id uuid not null references invoice (id),
  state text not null check (state in ('proposed', 'approved', 'declined', 'withdrawn')),
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by jsonb,
  check ((state = 'proposed') = (decided_at is null))
);
create unique index termination_proposal_one_open on termination_proposal (service_id) where state = 'proposed';

create index service_by_due_day on service (next_due_on) where state in ('active', 'suspended');
