-- When somebody proved who they are, by the shop's clock: however much a session is used, it ends some time after that.
alter table login_session add column signed_in_at timestamptz;
update login_session set signed_in_at = created_at;
alter table login_session alter column signed_in_at set not null;
