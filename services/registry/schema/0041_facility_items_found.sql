-- Facilities by what they can do (A-02): entered at the item, whatever the reader may see of it is asked of each row.
create index facility_item_yes on facility_item (item, facility_id) where until_at is null and answer = 1;
