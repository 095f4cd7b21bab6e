-- What sharing keeps of the registry's state events.  Not people's data of a municipality: names of professionals and offices are
-- region-level, so their columns are called located_in, not municipality.  version: the owner's subject version; older ones never win.

create table municipality (
    code text primary key,
    name text not null,
    version bigint not null
);

create table office (
    office_id uuid primary key,
    name text not null,
    located_in text not null,
    phone text,
    version bigint not null
);
create index office_of_place on office (located_in);

-- roles: bit (role - 1), as in struct actor; 0 when the person has left.  The row stays, because old versions still need the name.
create table membership (
    membership_id uuid primary key,
    person_id uuid not null,
    office_id uuid not null,
    name text not null,
    located_in text not null,
    roles bigint not null,
    version bigint not null
);
create unique index membership_of_person on membership (person_id, office_id);

-- giving opens its records to receiving.
create table agreement (
    agreement_id uuid primary key,
    giving text not null,
    receiving text not null,
    from_date date not null,
    to_date date,
    version bigint not null
);
create index agreement_of_giving on agreement (giving, receiving);

grant select on municipality, office, membership, agreement to renkei_sharing;
grant select, insert, update on municipality, office, membership, agreement to renkei_sharing_engine;
