command projection_rebuild
  version 1
  about "Fill a projection again from its owner's present state."
  from service operator administrator
  to runtime
  answer done
  field event text 60 required "Name of the state event the projection is made of."
