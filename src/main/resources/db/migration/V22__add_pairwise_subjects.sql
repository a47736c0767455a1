-- Pairwise subjects (OpenID Connect Core section 8.1): the sector within which clients share the names of people, null for
-- clients that know people by their one public name. The names are computed under a data key of their own.

alter table client add column sector_identifier text;
alter table data_key drop constraint data_key_purpose_check;
alter table data_key add constraint data_key_purpose_check check (purpose in ('handle', 'seal', 'hash', 'subject'));
