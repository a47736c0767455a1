-- A new data key is stored a while before anything is made with it, so that by then every node has read it.
alter table data_key add column activated_at timestamptz;
update data_key set activated_at = created_at;
alter table data_key alter column activated_at set not null;
