#!/bin/sh
# Makes the three roles of one database: the owner, who cannot log in; the migrator, who acts as the owner; and the
# application, which gets its rights by the server's own list (packages/server/src/database/grants.ts) when the migrator
# has migrated. Run once on an empty database, as a superuser; the image of PostgreSQL does so on its first start.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v database="$POSTGRES_DB" -v migrator="$MIGRATOR_PASSWORD" -v application="$APPLICATION_PASSWORD" <<'SQL'
create role dienbien_owner nologin;
create role dienbien_migrator login password :'migrator' in role dienbien_owner;
create role dienbien_application login password :'application';
alter role dienbien_migrator in database :"database" set role = 'dienbien_owner';
alter database :"database" owner to dienbien_owner;
revoke all on database :"database" from public;
grant connect on database :"database" to dienbien_migrator, dienbien_application;
SQL
