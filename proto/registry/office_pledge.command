command office_pledge
  version 1
  about "An office pledges, by its manager, how it treats what it sees (誓約); who, when and which text are kept."
  from service_manager
  to registry
  answer done
  key office_id
  http PUT /offices/{office_id}/pledge
  field office_id uuid    required path "The own office."
  field version   text 20 required      "Version of the text that was shown."
