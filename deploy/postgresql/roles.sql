-- Makes the two roles of the service, or corrects their rights: the owner of the tables, which only migrates, and the
-- role of the processes and of all other commands, which reads and writes rows. Run it as an administrator of PostgreSQL,
-- on the service's database, before the first migration or at any later time, as often as you like:
--
--   psql --file=deploy/postgresql/roles.sql postgresql://postgres@host/trackly
--
-- Roles that do not exist are made, without a password: set it with \password, in psql, or with
-- --set=processes_password=... that of the processes. Other names than these: --set=owner=trackly
-- --set=processes=trackly_processes. Tables of an existing installation stay with their owner, so name that role as the
-- owner. The embedded server runs this file, too, without psql.
\set ON_ERROR_STOP on
\if :{?owner}
\else
  \set owner trackly
\endif
\if :{?processes}
\else
  \set processes trackly_processes
\endif

BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL trackly.owner = :'owner';
SET LOCAL trackly.processes = :'processes';

DO $$
DECLARE
  owner_name text := current_setting('trackly.owner');
  processes_name text := current_setting('trackly.processes');
  acting text := CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END;
  name text;
  found text;
BEGIN
  -- Two runs at once would change the same rows of the system catalogs, which PostgreSQL refuses.
  PERFORM pg_advisory_xact_lock(hashtext('trackly roles'));
  IF owner_name = processes_name THEN
    RAISE EXCEPTION 'The owner and the processes need two roles, not %', owner_name;
  END IF;
  SELECT pg_get_userbyid(relowner) INTO found FROM pg_class WHERE oid = to_regclass('public._prisma_migrations');
  IF found <> owner_name THEN
    RAISE EXCEPTION 'The tables belong to %, not to %: add --set=owner=%', found, owner_name, found;
  END IF;
  FOREACH name IN ARRAY ARRAY[owner_name, processes_name] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', name);
    END IF;
  END LOOP;
  -- Who is not a superuser changes what belongs to the owner as a member of that role. From version 16 on, who has made a
  -- role is its member, but does not have its rights.
  IF NOT (pg_has_role(owner_name, 'USAGE') AND pg_has_role(owner_name, acting)) THEN
    EXECUTE format('GRANT %I TO CURRENT_USER', owner_name);
  END IF;
END
$$;

\if :{?processes_password}
ALTER ROLE :"processes" PASSWORD :'processes_password';
\endif

-- BullMQ makes this schema for a queue in PostgreSQL. With the queue in Redis it stays empty.
CREATE SCHEMA IF NOT EXISTS bullmq AUTHORIZATION :"owner";

-- Migrations make tables, and the schema of the queue.
GRANT CONNECT, CREATE, TEMPORARY ON DATABASE :"DBNAME" TO :"owner";
GRANT USAGE, CREATE ON SCHEMA public, bullmq TO :"owner";

-- The queue uses temporary tables.
GRANT CONNECT, TEMPORARY ON DATABASE :"DBNAME" TO :"processes";
GRANT USAGE ON SCHEMA public, bullmq TO :"processes";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, bullmq TO :"processes";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public, bullmq TO :"processes";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public, bullmq TO :"processes";

-- The same on what later migrations make.
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public, bullmq
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"processes";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public, bullmq GRANT USAGE ON SEQUENCES TO :"processes";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public, bullmq GRANT EXECUTE ON FUNCTIONS TO :"processes";

COMMIT;
