-- A keyed hash of the address and device that used a family last: a spent token repeated from elsewhere is a signal.
alter table oauth_authorization add column used_by bytea;
