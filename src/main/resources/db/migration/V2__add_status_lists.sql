-- Token Status Lists: every access token has an index of its own in a list that dies soon after its last token. A list
-- belongs to one signing key and one hour of expiry. Nodes lease blocks of indexes, so that issuing a token writes
-- nothing; only a revoked index is a row.

create table status_list (
    hour       int         not null,
    ordinal    int         not null,
    kid        text        not null references signing_key,
    next_index int         not null default 0,
    created_at timestamptz not null,
    revoked_at timestamptz,
    -- Two hours of grace: clocks differ, and a repeated refresh may reuse an index.
    expires_at timestamptz not null generated always as (to_timestamp((hour + 2) * 3600.0)) stored,
    primary key (hour, ordinal)
);
create index status_list_expiry on status_list (expires_at);
create index status_list_kid on status_list (kid, hour);

create table status_block (
    hour       int  not null,
    ordinal    int  not null,
    start      int  not null,
    size       int  not null,
    client_id  text references client on delete set null,
    revoked_at timestamptz,
    primary key (hour, ordinal, start),
    foreign key (hour, ordinal) references status_list on delete cascade
);
create index status_block_client on status_block (client_id) where client_id is not null;

create table status_bit (
    hour       int         not null,
    ordinal    int         not null,
    idx        int         not null,
    revoked_at timestamptz not null,
    primary key (hour, ordinal, idx),
    foreign key (hour, ordinal) references status_list on delete cascade
);

-- The indexes of the access tokens of a family that may still live, each as hour · 2^32 + ordinal · 2^20 + index.
alter table oauth_authorization add column status_indexes bigint[] not null default '{}';

-- A revoked access token is a revoked index now.
drop table revoked_token;
