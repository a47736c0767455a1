-- How answers to a client are signed: UserInfo only where it is said, introspection whenever a client asks for it.

alter table client add column userinfo_algorithm text;
alter table client add column introspection_algorithm text not null default 'RS256';
