-- Opaque access tokens, for APIs and clients that want them: digest and meaning. A token of a person ends with the family
-- it came from, which the look-up joins; one of a machine has none.

create table access_token (
    id               uuid primary key,
    digest           bytea       not null,
    client_id        text        not null references client on delete cascade,
    authorization_id uuid        references oauth_authorization on delete cascade,
    scope            text        not null,
    audience         text[]      not null,
    issued_at        timestamptz not null,
    expires_at       timestamptz not null,
    revoked_at       timestamptz
);
create index access_token_authorization on access_token (authorization_id) where authorization_id is not null;
create index access_token_client on access_token (client_id);
create index access_token_expiry on access_token (expires_at);

alter table client add column access_token_type text not null default 'jwt'
    check (access_token_type in ('jwt', 'opaque'));
