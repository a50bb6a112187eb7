-- A key of a customer is worth no more than the user who made it, and dies with them.

alter table api_key
  -- The user who made a customer's key. Without one it opens nothing.
  add column made_by uuid references login_user (id) on delete set null,
  -- Why it stopped working, when nobody revoked the key by itself.
  add column revoked_reason text check (revoked_reason in ('user_removed', 'staff_disabled'));
create index api_key_maker on api_key (made_by);

-- Who made the keys there are is known from the audit log.
update api_key set made_by = customer_user.user_id
from audit, customer_user
where audit.action = 'api_key.created' and audit.subject_id = api_key.id
  and customer_user.customer_id = api_key.customer_id
  and customer_user.user_id::text = audit.actor ->> 'userId';

update api_key set revoked_at = now(), revoked_reason = 'user_removed'
where customer_id is not null and made_by is null and revoked_at is null;
update api_key set revoked_at = now(), revoked_reason = 'staff_disabled'
from staff_member
where staff_member.user_id = api_key.staff_user_id and staff_member.disabled_at is not null and revoked_at is null;
