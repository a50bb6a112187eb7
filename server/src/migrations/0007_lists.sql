-- Lists and search of a big shop, and alerts that are told by their cause.

-- Every list reads one index from where its page begins ----------------------------------------------------------

create index customer_created on customer (created_at, id);
create index customer_by_email on customer (email, id);
create index customer_by_last_name on customer (last_name, id);
create index invoice_created on invoice (created_at, id);
create index invoice_by_state on invoice (state, created_at, id);
create index invoice_by_due_day on invoice (due_on, id);
create index invoice_by_total on invoice (total_minor, id);
create index payment_created on payment (created_at, id);
create index payment_by_state on payment (state, created_at, id);
create index payment_customer on payment (customer_id, created_at, id);
create index payment_settled on payment (settled_at) where state = 'settled';
create index refund_ended on refund (ended_at) where state = 'done';
create index order_placed on "order" (placed_at, id);
create index order_by_state on "order" (state, number);
create index order_by_total on "order" (total_minor, id);
create index service_created on service (created_at, id);
create index service_by_state on service (state, number);
create index service_by_price on service (recurring_minor, id);
create index operation_service on operation (service_id, id);
create index operation_server on operation (server_id, id);
create index operation_failed on operation (id) where state in ('failed', 'needs_staff') and hidden_at is null;
create index mail_created on mail (created_at, id);
create index mail_by_state on mail (state, created_at, id);
create index provisioning_log_correlation on provisioning_log (correlation_id, id);
create index provisioning_log_outcome on provisioning_log (outcome, id);
create index audit_by_subject on audit (subject_id, id);
create index audit_correlation on audit (correlation_id, id);
create index package_change_open on package_change (created_at, id) where state in ('unpaid', 'ready', 'planned');

-- Numbers are found by their beginning, or by their digits without the zeros before them --------------------------

create index invoice_number on invoice (lower(number) collate "C");
create index invoice_digits on invoice (ltrim(substring(number from '[0-9]+$'), '0'));
create index payment_number on payment (lower(number) collate "C");
create index payment_digits on payment (ltrim(substring(number from '[0-9]+$'), '0'));
create index payment_by_reference on payment (lower(reference) collate "C");

-- Words anywhere in a text are found by its trigrams -------------------------------------------------------------

-- Adds what is missing of the search indexes. Where PostgreSQL refuses the extension, search reads whole tables, and
-- this can be called again once it is allowed. The expressions are those of kit/search.ts.
create function add_search_indexes() returns text language plpgsql as $$
begin
  create extension if not exists pg_trgm;
  create index if not exists customer_search on customer using gin (
    lower(chr(10) || email || chr(10) || first_name || ' ' || last_name || chr(10) || last_name || chr(10) || company || chr(10)) gin_trgm_ops);
  create index if not exists service_search on service using gin (
    lower(chr(10) || domain || chr(10) || coalesce(username, '') || chr(10)) gin_trgm_ops);
  create index if not exists mail_search on mail using gin (
    lower(chr(10) || to_address || chr(10) || subject || chr(10)) gin_trgm_ops);
  create index if not exists operation_search on operation using gin (
    lower(chr(10) || error_message || chr(10) || coalesce(error_detail, '') || chr(10)) gin_trgm_ops);
  create index if not exists provisioning_log_search on provisioning_log using gin (
    lower(chr(10) || label || chr(10) || url || chr(10) || coalesce(error, '') || chr(10)) gin_trgm_ops);
  create index if not exists audit_search on audit using gin (
    lower(chr(10) || action || chr(10)) gin_trgm_ops);
  return null;
exception
  when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
    return sqlerrm;
end
$$;
select add_search_indexes();

-- One alert for one cause, and what it concerns ------------------------------------------------------------------

alter table alert
  add column cause text,
  -- When staff were last told of it by mail.
  add column told_at timestamptz;
update alert set cause = kind || ':' || subject_kind || ':' || subject_id, told_at = created_at;
alter table alert alter column cause set not null, alter column told_at set not null;
drop index alert_one_open;
create unique index alert_one_open on alert (cause) where resolved_at is null;
create index alert_created on alert (created_at, id);

-- What an alert concerns: an alert is over when everything it concerns is.
create table alert_subject (
  alert_id uuid not null references alert (id),
  subject_kind text not null,
  subject_id uuid not null,
  message text not null,
  what_to_do text not null,
  created_at timestamptz not null,
  resolved_at timestamptz,
  -- Whether a mail has told of it; the first thing is told at once, the others together.
  told boolean not null default false,
  primary key (alert_id, subject_kind, subject_id)
);
create index alert_subject_untold on alert_subject (alert_id) where not told and resolved_at is null;
create index alert_subject_open on alert_subject (subject_kind, subject_id) where resolved_at is null;
insert into alert_subject (alert_id, subject_kind, subject_id, message, what_to_do, created_at, resolved_at, told)
  select id, subject_kind, subject_id, message, what_to_do, created_at, resolved_at, true from alert;
