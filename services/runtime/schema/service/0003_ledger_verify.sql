-- Seals that cannot be got round.  Until now a seal was passed over when no row before it was younger than a day before the seal: all rows of a
-- seal deleted after a quiet day, or of a late seal changed, were not seen.  The hash took in how the asking session writes times, and every
-- column the table would ever have.

-- The same text as the whole row had so far, so that seals made before hold.  A column that is added later is not sealed by this.
create or replace function ledger_hash (previous bytea, from_incarnation integer, from_xid xid8, from_seq bigint,
                                        to_incarnation integer, to_xid xid8, to_seq bigint,
                                        out hash bytea, out rows bigint, out incarnation integer, out xid xid8, out seq bigint)
language plpgsql stable as $$
declare
    line record;
begin
    hash := previous;
    rows := 0;
    for line in
        select l.incarnation, l.xid, l.seq,
               row (l.seq, l.incarnation, l.xid, l.at, l.person, l.session, l.office, l.municipality, l.roles, l.principal, l.message,
                    l.subjects, l.items, l.ground, l.purpose, l.trace, l.recorded_at)::text as words
          from ledger l
         where (l.incarnation, l.xid, l.seq) > (from_incarnation, from_xid, from_seq)
           and (l.incarnation, l.xid, l.seq) <= (to_incarnation, to_xid, to_seq)
         order by l.incarnation, l.xid, l.seq
    loop
        hash := sha256 (hash || convert_to (line.words, 'UTF8'));
        rows := rows + 1;
        incarnation := line.incarnation;
        xid := line.xid;
        seq := line.seq;
    end loop;
end $$;

alter function seal_ledger () set datestyle = 'ISO, YMD';

-- Number of the first seal that does not fit the rows any more, or is missing itself; NULL when all do.  Passed over are only seals of which
-- retention may have dropped a month: whose rows may begin (a day before the seal before) in a month that is past its time.  The last seals,
-- deleted together with their rows, are missed only by who has kept their hash elsewhere.
create or replace function verify_ledger () returns bigint
language plpgsql security definer set search_path = :service, guard, pg_temp set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
declare
    kept constant interval := (select r.keep from retention r where r.table_name = 'ledger');
    link ledger_seal;
    before ledger_seal;
    made record;
begin
    for link in select * from ledger_seal s order by s.number loop
        if link.number <> coalesce (before.number, 0) + 1 then
            return coalesce (before.number, 0) + 1;
        end if;
        select * into made from ledger_hash (coalesce (before.hash, ''), coalesce (before.incarnation, 0),
            coalesce (before.xid, '0'), coalesce (before.seq, 0), link.incarnation, link.xid, link.seq);
        if (made.hash is distinct from link.hash or made.rows <> link.rows)
           and (kept is null
                or date_trunc ('month', coalesce (before.recorded_at, link.recorded_at - interval '1 day') - interval '1 day') + interval '1 month'
                   > now () - kept) then                                        -- real time
            return link.number;
        end if;
        before := link;
    end loop;
    return null;
end $$;
