command preference_put
  version 1
  about "How the actor wants to be told: channels in order, quiet hours, digest."
  from everyone
  to notify
  answer done
  http PUT /me/preferences
  field quiet_from   i64  optional "Quiet hours begin, minutes of the day; with quiet_to.  Absent: 20:00."
  field quiet_to     i64  optional "Quiet hours end, minutes of the day; what waited leaves then, in one message.  Absent: 08:00."
  field digest       bool required "Information of the day in one message at the end of the quiet hours."
  field night_calls  bool required "Calls and text messages about information also in quiet hours and outside the own hours."
  field channels     list record channel_preference max 10 required "In order; channels not named follow in the standard order."
  field hours        list record phone_hours max 8 optional "Own hours: outside them no calls and text messages about information, unless night_calls.  None: outside the quiet hours."
