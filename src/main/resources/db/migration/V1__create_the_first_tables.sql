-- The first tables of Signet. Conventions: ids are uuid v7 made by the application, digests are bytea,
-- instants are timestamptz, names are singular. Nothing in any column is usable by whoever reads a dump:
-- bearer values are kept as SHA-256 digests, private keys sealed, passwords as slow hashes.

-- crypto ---------------------------------------------------------------------------------------------------

create table data_key (
    id            int primary key,
    purpose       text        not null check (purpose in ('handle', 'seal', 'hash')),
    wrapped       bytea       not null,
    master_key_id text        not null,
    created_at    timestamptz not null,
    retired_at    timestamptz
);

-- keys -----------------------------------------------------------------------------------------------------

create table signing_key (
    kid            text primary key,
    algorithm      text        not null check (algorithm in ('RS256', 'PS256', 'ES256', 'EdDSA')),
    public_jwk     text        not null,
    sealed_private bytea,
    published_at   timestamptz not null,
    activated_at   timestamptz,
    retired_at     timestamptz,
    removed_at     timestamptz,
    killed_at      timestamptz
);

-- clients --------------------------------------------------------------------------------------------------

create table scope (
    name        text primary key,
    description text,
    claims      text[]  not null default '{}'
);

create table client (
    client_id                    text primary key,
    name                         text        not null,
    kind                         text        not null check (kind in ('web', 'spa', 'native', 'machine', 'device')),
    auth_methods                 text[]      not null,
    grant_types                  text[]      not null,
    scopes                       text[]      not null,
    audience                     text[]      not null default '{}',
    pkce_required                boolean     not null default true,
    consent_required             boolean     not null default true,
    access_token_lifetime        int         not null default 900,
    id_token_lifetime            int         not null default 900,
    refresh_idle_lifetime        int         not null default 1209600,
    refresh_absolute_lifetime    int         not null default 2592000,
    refresh_repeat_window        int         not null default 30,
    access_token_algorithm       text        not null default 'ES256',
    id_token_algorithm           text        not null default 'RS256',
    access_token_type_header     text        not null default 'at+jwt',
    default_max_age              int,
    logo_uri                     text,
    client_uri                   text,
    policy_uri                   text,
    tos_uri                      text,
    cors_origins                 text[]      not null default '{}',
    source                       text        not null default 'api',
    disabled_at                  timestamptz,
    created_at                   timestamptz not null,
    updated_at                   timestamptz not null
);

create table client_redirect_uri (
    client_id text not null references client on delete cascade,
    kind      text not null check (kind in ('sign_in', 'sign_out')),
    uri       text not null,
    position  int  not null,
    primary key (client_id, kind, uri)
);

create table client_secret (
    id         uuid primary key,
    client_id  text        not null references client on delete cascade,
    hash       text        not null,
    created_at timestamptz not null,
    expires_at timestamptz
);
create index client_secret_client on client_secret (client_id);

-- users and credentials ------------------------------------------------------------------------------------

create table user_account (
    id                    uuid primary key,
    username              text        not null,
    email                 text,
    email_verified        boolean     not null default false,
    name                  text,
    given_name            text,
    family_name           text,
    middle_name           text,
    nickname              text,
    profile               text,
    picture               text,
    website               text,
    gender                text,
    birthdate             text,
    zoneinfo              text,
    locale                text,
    phone_number          text,
    phone_number_verified boolean     not null default false,
    address_formatted     text,
    address_street        text,
    address_locality      text,
    address_region        text,
    address_postal_code   text,
    address_country       text,
    source                text        not null default 'api',
    disabled_at           timestamptz,
    created_at            timestamptz not null,
    updated_at            timestamptz not null
);
create unique index user_account_username on user_account (lower(username));
create unique index user_account_email on user_account (lower(email));

create table user_role (
    user_id uuid not null references user_account on delete cascade,
    role    text not null,
    primary key (user_id, role)
);

create table password (
    user_id    uuid primary key references user_account on delete cascade,
    hash       text        not null,
    changed_at timestamptz not null,
    must_change boolean    not null default false
);

create table one_time_link (
    id         uuid primary key,
    purpose    text        not null check (purpose in ('setup')),
    digest     bytea       not null,
    user_id    uuid references user_account on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index one_time_link_expiry on one_time_link (expires_at);

-- sign-in --------------------------------------------------------------------------------------------------

create table browser_account (
    browser_id   uuid        not null,
    user_id      uuid        not null references user_account on delete cascade,
    last_used_at timestamptz not null,
    expires_at   timestamptz not null,
    primary key (browser_id, user_id)
);
create index browser_account_user on browser_account (user_id);
create index browser_account_expiry on browser_account (expires_at);

create table sso_session (
    id           uuid primary key,
    user_id      uuid        not null references user_account on delete cascade,
    browser_id   uuid        not null,
    digest       bytea       not null,
    password_at  timestamptz not null,
    remembered   boolean     not null default false,
    address      text,
    device       text,
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    expires_at   timestamptz not null,
    ended_at     timestamptz,
    end_reason   text
) with (fillfactor = 70);
create index sso_session_user on sso_session (user_id);
create index sso_session_expiry on sso_session (expires_at);

create table sso_session_client (
    session_id uuid        not null references sso_session on delete cascade,
    client_id  text        not null references client on delete cascade,
    joined_at  timestamptz not null,
    primary key (session_id, client_id)
);
create index sso_session_client_client on sso_session_client (client_id);

create table login_flow (
    id             uuid primary key,
    browser_digest bytea       not null,
    client_id      text references client on delete cascade,
    request        text,
    target         text,
    user_id        uuid references user_account on delete cascade,
    password_at    timestamptz,
    session_id     uuid,
    chosen         boolean     not null default false,
    allowed_scopes text,
    denied         boolean     not null default false,
    created_at     timestamptz not null,
    expires_at     timestamptz not null,
    spent_at       timestamptz
);
create index login_flow_expiry on login_flow (expires_at);

create table consent (
    user_id    uuid        not null references user_account on delete cascade,
    client_id  text        not null references client on delete cascade,
    scopes     text[]      not null,
    declined   text[]      not null,
    granted_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (user_id, client_id)
);
create index consent_client on consent (client_id);

create unlogged table throttle (
    rule       text        not null,
    key        bytea       not null,
    full_at    timestamptz not null,
    primary key (rule, key)
);
create index throttle_full on throttle (full_at);

-- tokens ---------------------------------------------------------------------------------------------------

-- One row is one grant of access: first its authorization code, then its family of refresh tokens, updated in
-- place. Half of each page stays free and no changing column is indexed, so that a refresh is a heap-only update.
create table oauth_authorization (
    id                  uuid primary key,
    client_id           text        not null references client on delete cascade,
    user_id             uuid        not null references user_account on delete cascade,
    session_id          uuid        references sso_session on delete set null,
    sid                 text,
    scope               text        not null,
    audience            text[]      not null,
    offline             boolean     not null,
    nonce               text,
    id_token_claims     text[]      not null default '{}',
    userinfo_claims     text[]      not null default '{}',
    auth_time           timestamptz not null,
    acr                 text        not null,
    amr                 text[]      not null,
    code_digest         bytea       not null,
    code_challenge      text,
    redirect_uri        text,
    code_expires_at     timestamptz not null,
    redeemed_at         timestamptz,
    generation          int         not null default 0,
    refresh_digest      bytea,
    previous_digest     bytea,
    previous_used_at    timestamptz,
    idle_expires_at     timestamptz,
    absolute_expires_at timestamptz not null,
    created_at          timestamptz not null,
    revoked_at          timestamptz,
    revoke_reason       text
) with (fillfactor = 50);
create index oauth_authorization_user on oauth_authorization (user_id);
create index oauth_authorization_session on oauth_authorization (session_id);
create index oauth_authorization_client on oauth_authorization (client_id);
create index oauth_authorization_expiry on oauth_authorization (absolute_expires_at);

create table revoked_token (
    jti        text primary key,
    expires_at timestamptz not null
);
create index revoked_token_expiry on revoked_token (expires_at);

-- audit ----------------------------------------------------------------------------------------------------

create table audit_event (
    id               uuid        not null,
    at               timestamptz not null,
    kind             text        not null,
    outcome          text        not null,
    actor            text,
    user_id          uuid,
    client_id        text,
    session_id       uuid,
    authorization_id uuid,
    address          text,
    device           text,
    reason           text,
    error_id         text,
    detail           jsonb,
    xid              xid8        not null default pg_current_xact_id(),
    primary key (at, id)
) partition by range (at);
create table audit_event_default partition of audit_event default;
-- Partial, since most events are machines' successes: people ask by the id of an error, and what a person did.
create index audit_event_error on audit_event (error_id) where outcome = 'failure';
create index audit_event_user on audit_event (user_id, at) where user_id is not null;

-- provisioning ---------------------------------------------------------------------------------------------

create table provisioning_run (
    id         uuid primary key,
    source     text        not null,
    digest     bytea       not null,
    outcome    text        not null,
    applied_at timestamptz not null
);

-- Tells whether a secret in a configuration file is still the one that was applied: keyed hashes, by owner.
create table provisioned_secret (
    owner       text primary key,
    fingerprint bytea not null
);
