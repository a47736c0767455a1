-- The APIs that access tokens may be asked for by name (RFC 8707). What is null is decided by the client that asks.

create table api (
    identifier               text primary key,
    name                     text        not null,
    scopes                   text[]      not null default '{}',
    access_token_lifetime    int,
    access_token_type        text check (access_token_type in ('jwt', 'opaque')),
    access_token_type_header text,
    access_token_algorithm   text,
    introspection_clients    text[]      not null default '{}',
    source                   text        not null default 'api',
    disabled_at              timestamptz,
    created_at               timestamptz not null,
    updated_at               timestamptz not null
);
