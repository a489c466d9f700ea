-- Two roles, so that the one that serves cannot change what is on record (docs/operation.md). For psql 14 or later:
--   OWNER_PASSWORD=… SERVING_PASSWORD=… psql -f deploy/roles.sql postgres://superuser@db/postgres
\getenv owner_password OWNER_PASSWORD
\getenv serving_password SERVING_PASSWORD
CREATE ROLE mimosa_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE mimosa_serving LOGIN PASSWORD :'serving_password';
CREATE DATABASE mimosa OWNER mimosa_owner ENCODING UTF8 LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0;
