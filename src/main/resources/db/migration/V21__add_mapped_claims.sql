-- Claims without code: what an installation knows of a person, and what of it scopes and clients put into tokens. A
-- mapping is one line: claim, source, and the places it goes into, parted by spaces.

alter table user_account add column attributes jsonb not null default '{}';
alter table scope add column claim_mappings text[] not null default '{}';
alter table client add column claim_mappings text[] not null default '{}';
