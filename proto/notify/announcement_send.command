command announcement_send
  version 1
  about "Tell the institutions of one or several municipalities something: the scheme's outline (U-22), a unified method (KU-05). It names nobody in care."
  from municipal_officer consultation_desk administrator operator
  to notify
  answer announcement_sent
  key announcement_id
  http PUT /announcements/{announcement_id}
  field announcement_id uuid                              required path "Chosen by the sender."
  field kind            enum announcement_kind            required      "What it is about."
  field title           text 200                          required      "Title; it also stands in e-mails."
  field text            text 12000                        required      "The text, without anybody in care."
  field municipalities  list text 6 max 100               required      "Official codes: the own municipality and those it has an agreement with."
  field readers         list enum announcement_reader max 11 optional   "Only these kinds of institution; absent or empty: all. Institutions of unknown kind always get it."
