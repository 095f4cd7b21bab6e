-- lint.sql - what the catalogue of the migrated database must hold (security §2.3).  Each row printed is a finding: rule, object, why.
--
-- A table "holds a municipality's data" when it has a column municipality and a service role may touch it.  Exempt, with the reason:
--   event_log, ledger, denial   the command role may only insert (L2 asks for a restrictive policy where it may read)
-- More exemptions stand in `exempt` below; each names its reason.

create temp table exempt (rule text, object text, why text);
insert into exempt values
    ('L4', 'guard.verified()', 'tells a transaction about its own context only'),
    ('L4', 'guard.incarnation()', 'answers the same number to everybody'),
    ('L4', 'guard.set_clock(bigint,double precision)', 'refuses outside test mode'),
    ('L2', 'registry.facility', 'what is published is readable by the whole region'),
    ('L3', 'registry.facility_public_item', 'what a facility lets residents know is readable by everybody'),
    ('L3', 'registry.facility_public_proof', 'which facilities confirmed what residents see is readable by everybody'),
    ('L5', 'registry.facility_scheme_number_service_key', 'what is published is readable by the whole region'),
    ('L5', 'registry.scheme_part_part_id_version_key', 'begins with a uuid that nobody guesses; the version only counts');

create temp table service_schema as
    select n.oid, n.nspname as name, 'renkei_' || n.nspname as role, 'renkei_' || n.nspname || '_engine' as engine
      from pg_namespace n where exists (select from pg_class c where c.relnamespace = n.oid and c.relname = 'event_log');

create temp table held as
    select c.oid, c.oid::regclass::text as name, c.relrowsecurity, c.relforcerowsecurity, s.role, s.engine,
           has_table_privilege (s.role, c.oid, 'select, update, delete') as readable
      from pg_class c join service_schema s on s.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'municipality' and not a.attisdropped
     where c.relkind in ('r', 'p') and not c.relispartition
       and (has_table_privilege (s.role, c.oid, 'select, insert, update, delete')
            or has_table_privilege (s.engine, c.oid, 'select, insert, update, delete'));

create temp table finding (rule text, object text, why text);

insert into finding select 'L1', name, 'row-level security is not enabled and forced' from held
 where readable and not (relrowsecurity and relforcerowsecurity);

insert into finding select 'L2', h.name, 'no restrictive policy for ' || c.word || ' of ' || h.role from held h,
       (values ('select', 'r'), ('insert', 'a'), ('update', 'w'), ('delete', 'd')) c (word, letter)
 where h.readable and h.relrowsecurity and has_table_privilege (h.role, h.oid, c.word) and not exists (
    select from pg_policy p where p.polrelid = h.oid and not p.polpermissive and p.polcmd::text in ('*', c.letter)
       and (p.polroles = '{0}' or h.role::regrole = any (p.polroles)));

insert into finding select 'L2', h.name, 'a permissive policy of ' || h.role || ' is open to public' from held h
  join pg_policy p on p.polrelid = h.oid where p.polroles = '{0}' and p.polpermissive;

insert into finding select 'L3', c.oid::regclass::text, 'a view with its owner''s rights' from pg_class c join service_schema s on s.oid = c.relnamespace
 where c.relkind = 'v' and not coalesce (c.reloptions && array['security_invoker=true', 'security_invoker=on'], false);
insert into finding select 'L3', c.oid::regclass::text, 'a materialized view knows no row-level security' from pg_class c
  join service_schema s on s.oid = c.relnamespace where c.relkind = 'm';

insert into finding select 'L4', p.oid::regprocedure::text, 'a security definer function without its own search_path'
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where p.prosecdef and (n.nspname = 'guard' or n.oid in (select oid from service_schema)) and p.prosqlbody is null
   and not exists (select from unnest (p.proconfig) c where c like 'search_path=%');
insert into finding select 'L4', p.oid::regprocedure::text, 'a security definer function that everybody may call'
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where p.prosecdef and (n.nspname = 'guard' or n.oid in (select oid from service_schema))
   and (p.proacl is null or exists (select from aclexplode (p.proacl) a where a.grantee = 0));

-- uuids and identity numbers are not guessed or chosen by a person
insert into finding select 'L5', i.indexrelid::regclass::text, 'a unique key without municipality tells of other municipalities'
  from pg_index i join held h on h.oid = i.indrelid and h.readable
 where i.indisunique
   and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'municipality' and a.attnum = any (i.indkey::int2[]))
   and exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
                  and a.atttypid <> 'uuid'::regtype and a.attidentity = '');

insert into finding select 'L6', h.name || ' ' || k.conname, 'a foreign key without municipality reaches into other municipalities'
  from pg_constraint k join held h on h.oid = k.conrelid join held t on t.oid = k.confrelid
 where k.contype = 'f' and not exists (
    select from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'municipality' and a.attnum = any (k.conkey));

insert into finding select 'L7', rolname, 'a login role that passes by row-level security' from pg_roles
 where rolcanlogin and (rolbypassrls or rolsuper) and rolname not in ('postgres', 'renkei_backup');
insert into finding select 'L7', r.rolname, 'a login role that may become renkei_migrate' from pg_roles r
 where rolcanlogin and not rolsuper and pg_has_role (r.oid, 'renkei_migrate', 'member');

insert into finding select 'L8', c.oid::regclass::text, a.privilege_type || ' on a ' || case when c.relispartition then 'partition' else 'table' end
        || ' for ' || a.grantee::regrole
  from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode (c.relacl) a
 where (n.nspname = 'guard' or n.oid in (select oid from service_schema)) and a.grantee <> 'renkei_migrate'::regrole
   and (a.privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES') or c.relispartition or a.grantee = 0);

insert into finding select 'L9', d.adrelid::regclass || '.' || a.attname, 'a default that reads a clock; only recorded_at may'
  from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum join pg_class c on c.oid = d.adrelid
  join service_schema s on s.oid = c.relnamespace
 where pg_get_expr (d.adbin, d.adrelid) ~* '\m(now|clock_timestamp|statement_timestamp|transaction_timestamp)\M|current_(date|time)|localtime' and a.attname <> 'recorded_at';

insert into finding select 'L10', c.oid::regclass::text, 'belongs to ' || c.relowner::regrole || ', not renkei_migrate'
  from pg_class c join service_schema s on s.oid = c.relnamespace where c.relowner <> 'renkei_migrate'::regrole and c.relkind in ('r', 'p', 'v', 'S');
insert into finding select 'L10', n.nspname, 'a schema in which ' || r.rolname || ' may create'
  from pg_namespace n, pg_roles r where r.rolname like 'renkei\_%' and r.rolname <> 'renkei_migrate' and not r.rolsuper
   and n.nspname !~ '^pg_' and has_schema_privilege (r.oid, n.oid, 'create');

insert into finding select 'L11', h.name, 'a policy that does not call the context once a statement (wrap it in a select)'
  from pg_policy p join held h on h.oid = p.polrelid
 where pg_get_expr (p.polqual, p.polrelid) ~ 'guard\.' and pg_get_expr (p.polqual, p.polrelid) !~* 'select';

select rule, object, why from finding f where not exists (select from exempt e where e.rule = f.rule and e.object = f.object) order by 1, 2;
