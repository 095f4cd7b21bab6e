command office_keep
  version 1
  about "Lets the manager of one office (a medical association, a support centre) manage the people of another one, too."
  from municipal_officer administrator operator
  to registry
  answer done
  key office_id
  http PUT /offices/{office_id}/keeper
  field office_id uuid required path "Which office is managed."
  field keeper_id uuid optional      "By which one; absent: by nobody else any more."
