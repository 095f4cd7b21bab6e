command facility_items_put
  version 1
  about "Write down what is known of a facility (表1).  What is not mentioned stays; the same again changes nothing."
  from service_manager doctor clinic_proxy municipal_officer administrator operator
  to registry
  answer done
  key facility_id
  http POST /facilities/{facility_id}/items
  field facility_id uuid                                   required path "The facility."
  field items       list record facility_item_given max 40 required      "What is known."
  field source      enum item_source                       required      "Where it comes from."
  field source_date date                                   optional      "Of what day the source is; not in the future."
  field seconds     i64   optional "How long the form was in use; for the upkeep report."
