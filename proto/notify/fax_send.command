command fax_send
  version 1
  about "A masked page to an office by FAX; the sender confirms office and number by writing them again."
  from everyone
  to notify
  answer done
  key fax_id
  http PUT /fax/sent/{fax_id}
  field fax_id     uuid      required path     "Chosen by the sender."
  field patient_id uuid      required          "Whom it is about; the page carries the reference only."
  field office_id  uuid      required          "To which office."
  field office     text 200  required          "Its name, confirmed by the sender."
  field number     text 60   required          "Its number, confirmed by the sender."
  field title      text 120  required personal "Heading."
  field text       text 4000 required personal "Text; without name, address and diagnosis."
  field wants_answer bool    optional          "The page carries a code under which it files itself when it comes back."
